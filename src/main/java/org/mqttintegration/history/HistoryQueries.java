package org.mqttintegration.history;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.Conditions;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the history. */
@Component
class HistoryQueries {

  /** A page ends early rather than take more payload than this into memory. */
  private static final int PAGE_BYTES = 8 * 1024 * 1024;

  private final JdbcClient database;
  private final HistoryRows rows;
  private final GapStore gaps;
  private final Retention retention;

  HistoryQueries(JdbcClient database, HistoryRows rows, GapStore gaps, Retention retention) {
    this.gaps = gaps;
    this.retention = retention;
    this.database = database;
    this.rows = rows;
  }

  /** A page of the messages that a query asks for, newest first. */
  HistoryPage list(HistoryQuery query) {
    boolean complete = isComplete(query);
    return read(query).told(complete);
  }

  /** The same, without what is known to be absent: that counts as complete. */
  HistoryPage read(HistoryQuery query) {
    Conditions conditions = conditions(query);
    ResultSetExtractor<HistoryPage> page = result -> page(result, query.limit());
    return database
        .sql(pageSql(conditions.sql()))
        .params(conditions.parameters())
        .param("rows", query.limit() + 1)
        .param("bytes", PAGE_BYTES)
        .query(page);
  }

  /** How many messages a query asks for, its limit and cursor aside, as far as they are counted. */
  HistoryCount count(HistoryQuery query) {
    Conditions conditions = conditions(query);
    int counted =
        database
            .sql(
                "select count(*) from (select 1 from history where %s limit :most) found"
                    .formatted(conditions.sql()))
            .params(conditions.parameters())
            .param("most", HistoryCount.MOST + 1)
            .query(Integer.class)
            .single();
    return HistoryCount.of(counted);
  }

  /** What we send is recorded with the send, and has no gaps. */
  private boolean isComplete(HistoryQuery query) {
    boolean sent = query.direction() == Direction.SEND || query.signalId() != null;
    return retention.isKept(query.subscriptionId(), query.from())
        && (sent || gaps.isComplete(GapQuery.of(query)));
  }

  /** From when to when there are messages, of whatever filter; empty when there are none. */
  Optional<HistorySpan> span() {
    return database
        .sql("select min(\"timestamp\") as first, max(\"timestamp\") as last from history")
        .query(HistorySpan::of)
        .single();
  }

  private HistoryPage page(ResultSet result, int limit) throws SQLException {
    List<HistoryItem> items = new ArrayList<>();
    boolean more = false;
    while (result.next()) {
      if (items.size() < limit) {
        items.add(rows.mapRow(result, items.size()));
      }
      more = result.getInt("candidates") > items.size();
    }
    if (!more) {
      return new HistoryPage(items, null, true);
    }
    HistoryItem last = items.get(items.size() - 1);
    return new HistoryPage(items, new HistoryCursor(last.timestamp(), last.id()).encoded(), true);
  }

  /**
   * One message.
   *
   * @throws ProblemException not found
   */
  HistoryItem get(long id) {
    return database
        .sql("select * from history where id = :id")
        .param("id", id)
        .query(rows)
        .optional()
        .orElseThrow(() -> notFound(id));
  }

  /**
   * A message's payload, byte for byte.
   *
   * @throws ProblemException not found, or not stored
   */
  StoredPayload payload(long id) {
    return database
        .sql("select payload, content_type, payload_omitted from history where id = :id")
        .param("id", id)
        .query(HistoryQueries::payload)
        .optional()
        .orElseThrow(() -> notFound(id));
  }

  private static StoredPayload payload(ResultSet row, int number) throws SQLException {
    String omitted = row.getString("payload_omitted");
    if (omitted != null) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "The payload is not stored: it is %s.".formatted(omitted));
    }
    return new StoredPayload(row.getBytes("payload"), row.getString("content_type"));
  }

  private static ProblemException notFound(long id) {
    return ProblemException.notFound("history entry", id);
  }

  private static Conditions conditions(HistoryQuery query) {
    Conditions conditions = new Conditions();
    Direction direction = query.direction();
    String contains = query.contains();
    conditions.add("broker_id = :brokerId", "brokerId", query.brokerId());
    conditions.add("subscription_id = :subscriptionId", "subscriptionId", query.subscriptionId());
    conditions.add("signal_id = :signalId", "signalId", query.signalId());
    conditions.add(
        "direction = :direction", "direction", direction == null ? null : direction.word());
    conditions.add("\"timestamp\" >= :from", "from", utc(query.from()));
    conditions.add("\"timestamp\" < :to", "to", utc(query.to()));
    // as bytes, because a payload need not be text
    conditions.add(
        "position(:contains in payload) > 0",
        "contains",
        contains == null ? null : contains.getBytes(StandardCharsets.UTF_8));
    if (query.topic() != null) {
      TopicCondition topic = TopicCondition.of(query.topic());
      conditions.add(topic.sql(), topic.parameters());
    }
    if (query.cursor() != null) {
      // the first condition leaves out the partitions after it, which the second cannot
      conditions.add(
          "\"timestamp\" <= :cursorTimestamp and (\"timestamp\", id) < (:cursorTimestamp, :cursorId)",
          Map.of(
              "cursorTimestamp",
              query.cursor().timestamp().atOffset(ZoneOffset.UTC),
              "cursorId",
              query.cursor().id()));
    }
    return conditions;
  }

  private static @Nullable Object utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  /** The first row always comes; the length of a stored payload is known without reading it. */
  private static String pageSql(String conditions) {
    return """
    select * from (
      select found.*,
             sum(octet_length(payload)) over (order by "timestamp" desc, id desc
                                              rows unbounded preceding) as bytes,
             count(*) over () as candidates,
             row_number() over (order by "timestamp" desc, id desc) as place
      from (select * from history
            where %s
            order by "timestamp" desc, id desc
            limit :rows) found) placed
    where bytes <= :bytes or place = 1
    order by place
    """
        .formatted(conditions);
  }
}
