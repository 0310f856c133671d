package org.mqttintegration.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mqttintegration.history.Gap.Affects;
import org.mqttintegration.history.Gap.Cause;
import org.mqttintegration.node.Fence;
import org.mqttintegration.node.Lease;
import org.mqttintegration.node.Leases;
import org.mqttintegration.resource.Conditions;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger's tables. */
@Component
class GapStore {

  private final JdbcClient database;
  private final NamedParameterJdbcOperations batches;
  private final TransactionTemplate transaction;
  private final Fence fence;
  private final Leases leases;

  /** A subscription on one of its connections. */
  record Served(long subscriptionId, String connection) {}

  /** Until when it is known to have been served. */
  record Attended(Served served, Instant until) {}

  GapStore(
      JdbcClient database,
      NamedParameterJdbcOperations batches,
      PlatformTransactionManager transactions,
      Fence fence,
      Leases leases) {
    this.fence = fence;
    this.leases = leases;
    this.database = database;
    this.batches = batches;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Those of a connection. */
  List<Attended> attended(String connection) {
    return database
        .sql(
            """
            select subscription_id, connection, attended_until from attendance
            where connection = ?
            """)
        .param(connection)
        .query(
            (row, number) ->
                new Attended(
                    new Served(row.getLong("subscription_id"), row.getString("connection")),
                    row.getTimestamp("attended_until").toInstant()))
        .list();
  }

  /** The gaps of a connection that last, but for dropped messages. */
  List<OpenGap> open(String connection) {
    return database
        .sql("select * from gap where ends is null and connection = ?")
        .param(connection)
        .query(
            (row, number) -> {
              OpenGap gap =
                  new OpenGap(
                      row.getLong("subscription_id"),
                      row.getString("connection"),
                      Cause.of(row.getString("cause")),
                      row.getTimestamp("starts").toInstant());
              gap.id = row.getLong("id");
              return gap;
            })
        .list();
  }

  /** Stores all of it that is this node's to tell, or nothing. */
  void store(Collection<OpenGap> gaps, Collection<Attended> attended, Collection<Served> ended) {
    transaction.executeWithoutResult(
        status -> {
          Predicate<String> own = own(gaps, attended);
          storeOwn(
              gaps.stream().filter(gap -> own.test(gap.connection)).toList(),
              attended.stream().filter(one -> own.test(one.served().connection())).toList(),
              ended);
        });
  }

  /** Which of the connections another node has not taken. */
  private Predicate<String> own(Collection<OpenGap> gaps, Collection<Attended> attended) {
    Set<Lease> held =
        Stream.concat(
                gaps.stream().map(gap -> gap.connection),
                attended.stream().map(one -> one.served().connection()))
            .distinct()
            .flatMap(connection -> leases.ofConnection(connection).stream())
            .collect(Collectors.toSet());
    held.removeAll(fence.lost(database, held));
    Set<String> own = held.stream().map(Lease::name).collect(Collectors.toSet());
    return connection -> own.contains(Lease.ofConnection(connection));
  }

  private void storeOwn(
      Collection<OpenGap> gaps, Collection<Attended> attended, Collection<Served> ended) {
    List<OpenGap> added = gaps.stream().filter(gap -> gap.id == null).toList();
    List<OpenGap> changed = gaps.stream().filter(gap -> gap.id != null).toList();
    Map<OpenGap, Long> ids = new HashMap<>();
    Iterator<Long> fresh = freshIds(added.size()).iterator();
    added.forEach(gap -> ids.put(gap, fresh.next()));
    insert(added, ids);
    update(changed);
    store(attended);
    batch(
        "delete from attendance where subscription_id = :id and connection = :connection",
        ended,
        served ->
            new MapSqlParameterSource("id", served.subscriptionId())
                .addValue("connection", served.connection()));
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            ids.forEach((gap, id) -> gap.id = id);
          }
        });
  }

  private List<Long> freshIds(int count) {
    return database
        .sql("select nextval(pg_get_serial_sequence('gap', 'id')) from generate_series(1, :count)")
        .param("count", count)
        .query(Long.class)
        .list();
  }

  private void insert(Collection<OpenGap> gaps, Map<OpenGap, Long> ids) {
    batch(
        """
        insert into gap (id, subscription_id, broker_id, connection, cause, affects, starts, ends,
                         messages)
        values (:id, :subscription, :broker, :connection, :cause, :affects, :starts, :ends, :messages)
        """,
        gaps,
        gap -> parameters(gap).addValue("id", ids.get(gap)));
  }

  private void update(Collection<OpenGap> gaps) {
    batch(
        """
        update gap set cause = :cause, affects = :affects, ends = :ends, messages = :messages
        where id = :id
        """,
        gaps,
        GapStore::parameters);
  }

  private static MapSqlParameterSource parameters(OpenGap gap) {
    return new MapSqlParameterSource("id", gap.id)
        .addValue("subscription", gap.subscriptionId)
        .addValue("broker", gap.brokerId)
        .addValue("connection", gap.connection)
        .addValue("cause", gap.cause.word())
        .addValue("affects", gap.affects.word())
        .addValue("starts", Timestamp.from(gap.from))
        .addValue("ends", gap.to == null ? null : Timestamp.from(gap.to), Types.TIMESTAMP)
        .addValue("messages", gap.messages, Types.BIGINT);
  }

  private void store(Collection<Attended> attended) {
    batch(
        """
        insert into attendance (subscription_id, connection, attended_until)
        values (:id, :connection, :until)
        on conflict (subscription_id, connection)
        do update set attended_until = excluded.attended_until
        """,
        attended,
        one ->
            new MapSqlParameterSource("id", one.served().subscriptionId())
                .addValue("connection", one.served().connection())
                .addValue("until", Timestamp.from(one.until())));
  }

  /** One round trip for many: each restart has a gap for every subscription. */
  private <T> void batch(String sql, Collection<T> rows, Function<T, SqlParameterSource> row) {
    if (!rows.isEmpty()) {
      batches.batchUpdate(sql, rows.stream().map(row).toArray(SqlParameterSource[]::new));
    }
  }

  /** Gaps, newest first. */
  List<Gap> list(GapQuery query, int limit, long offset) {
    Conditions conditions = query.conditions();
    return database
        .sql(
            """
            select * from gap where %s
            order by starts desc, id desc limit :limit offset :offset
            """
                .formatted(conditions.sql()))
        .params(conditions.parameters())
        .param("limit", limit)
        .param("offset", offset)
        .query(GapStore::gap)
        .list();
  }

  long count(GapQuery query) {
    Conditions conditions = query.conditions();
    return database
        .sql("select count(*) from gap where " + conditions.sql())
        .params(conditions.parameters())
        .query(Long.class)
        .single();
  }

  /** Whether no gap is what a query asks for. */
  boolean isComplete(GapQuery query) {
    Conditions conditions = query.conditions();
    return !database
        .sql("select exists (select from gap where %s)".formatted(conditions.sql()))
        .params(conditions.parameters())
        .query(Boolean.class)
        .single();
  }

  private static Gap gap(ResultSet row, int number) throws SQLException {
    Timestamp ends = row.getTimestamp("ends");
    return new Gap(
        row.getLong("id"),
        row.getLong("broker_id"),
        row.getLong("subscription_id"),
        Cause.of(row.getString("cause")),
        "qos0".equals(row.getString("affects")) ? Affects.QOS0 : Affects.ALL,
        row.getTimestamp("starts").toInstant(),
        ends == null ? null : ends.toInstant(),
        row.getObject("messages", Long.class));
  }
}
