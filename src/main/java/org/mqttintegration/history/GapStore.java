package org.mqttintegration.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.Gap.Affects;
import org.mqttintegration.history.Gap.Cause;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger's tables. */
@Component
class GapStore {

  private final JdbcClient database;
  private final TransactionTemplate transaction;

  /** Until when a subscription is known to have been served. */
  record Attended(long subscriptionId, String connection, Instant until) {}

  GapStore(JdbcClient database, PlatformTransactionManager transactions) {
    this.database = database;
    this.transaction = new TransactionTemplate(transactions);
  }

  List<Attended> attended() {
    return database
        .sql("select subscription_id, connection, attended_until from attendance")
        .query(
            (row, number) ->
                new Attended(
                    row.getLong("subscription_id"),
                    row.getString("connection"),
                    row.getTimestamp("attended_until").toInstant()))
        .list();
  }

  /** The gaps that lasted when the application ended, but for dropped messages. */
  List<OpenGap> open() {
    return database
        .sql("select * from gap where ends is null")
        .query(
            (row, number) -> {
              OpenGap gap =
                  new OpenGap(
                      row.getLong("subscription_id"),
                      row.getLong("broker_id"),
                      Cause.of(row.getString("cause")),
                      row.getTimestamp("starts").toInstant());
              gap.id = row.getLong("id");
              return gap;
            })
        .list();
  }

  /** Stores all of it, or nothing. */
  void store(
      Collection<OpenGap> gaps, Collection<Attended> attended, Collection<Long> noLongerAttended) {
    Map<OpenGap, Long> ids = new HashMap<>();
    transaction.executeWithoutResult(
        status -> {
          gaps.forEach(gap -> ids.put(gap, store(gap)));
          attended.forEach(this::store);
          noLongerAttended.forEach(
              id ->
                  database
                      .sql("delete from attendance where subscription_id = ?")
                      .param(id)
                      .update());
        });
    ids.forEach((gap, id) -> gap.id = id);
  }

  private long store(OpenGap gap) {
    boolean isNew = gap.id == null;
    return database
        .sql(
            isNew
                ? """
                  insert into gap (subscription_id, broker_id, cause, affects, starts, ends, messages)
                  values (:subscription, :broker, :cause, :affects, :starts, :ends, :messages)
                  returning id
                  """
                : """
                  update gap set cause = :cause, affects = :affects, ends = :ends, messages = :messages
                  where id = :id
                  returning id
                  """)
        .param("id", gap.id)
        .param("subscription", gap.subscriptionId)
        .param("broker", gap.brokerId)
        .param("cause", gap.cause.word())
        .param("affects", gap.affects.word())
        .param("starts", Timestamp.from(gap.from))
        .param("ends", gap.to == null ? null : Timestamp.from(gap.to))
        .param("messages", gap.messages)
        .query(Long.class)
        .single();
  }

  private void store(Attended attended) {
    database
        .sql(
            """
            insert into attendance (subscription_id, connection, attended_until)
            values (:id, :connection, :until)
            on conflict (subscription_id)
            do update set connection = excluded.connection, attended_until = excluded.attended_until
            """)
        .param("id", attended.subscriptionId())
        .param("connection", attended.connection())
        .param("until", Timestamp.from(attended.until()))
        .update();
  }

  /** Gaps of a subscription, newest first. */
  List<Gap> list(long subscriptionId, int limit, long offset) {
    return database
        .sql(
            """
            select * from gap where subscription_id = :id
            order by starts desc, id desc limit :limit offset :offset
            """)
        .param("id", subscriptionId)
        .param("limit", limit)
        .param("offset", offset)
        .query(GapStore::gap)
        .list();
  }

  long count(long subscriptionId) {
    return database
        .sql("select count(*) from gap where subscription_id = ?")
        .param(subscriptionId)
        .query(Long.class)
        .single();
  }

  /** Whether no gap touches what a query asks for. */
  boolean isComplete(
      @Nullable Long brokerId,
      @Nullable Long subscriptionId,
      @Nullable Instant from,
      @Nullable Instant to) {
    return !database
        .sql(
            """
            select exists (
              select from gap
              where (cast(:broker as bigint) is null or broker_id = :broker)
                and (cast(:subscription as bigint) is null or subscription_id = :subscription)
                and (cast(:to as timestamptz) is null or starts < :to)
                and (cast(:from as timestamptz) is null or coalesce(ends, 'infinity') >= :from))
            """)
        .param("broker", brokerId)
        .param("subscription", subscriptionId)
        .param("from", from == null ? null : Timestamp.from(from))
        .param("to", to == null ? null : Timestamp.from(to))
        .query(Boolean.class)
        .single();
  }

  private static Gap gap(ResultSet row, int number) throws SQLException {
    Timestamp ends = row.getTimestamp("ends");
    return new Gap(
        row.getLong("id"),
        row.getLong("subscription_id"),
        Cause.of(row.getString("cause")),
        "qos0".equals(row.getString("affects")) ? Affects.QOS0 : Affects.ALL,
        row.getTimestamp("starts").toInstant(),
        ends == null ? null : ends.toInstant(),
        row.getObject("messages", Long.class));
  }
}
