package org.mqttintegration.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mqttintegration.history.FeedPage.FeedMessage;
import org.mqttintegration.resource.Conditions;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads one page of the feed. */
final class FeedReader {

  /** How many messages are looked at for one page, of which a filter may leave few. */
  private static final int LOOKED_AT = 2_000;

  /** The payload of a page, in bytes; its first message always comes. */
  private static final long PAGE_BYTES = 8L * 1024 * 1024;

  private final JdbcClient database;
  private final HistoryRows rows;
  private final FeedFilter filter;
  private final int limit;
  private final List<FeedMessage> messages = new ArrayList<>();
  private long bytes;

  FeedReader(JdbcClient database, HistoryRows rows, FeedFilter filter, int limit) {
    this.database = database;
    this.rows = rows;
    this.filter = filter;
    this.limit = limit;
  }

  FeedPage read(FeedPosition after) {
    FeedPosition reached = after;
    for (CommittedRange range : CommittedRange.of(runs(after))) {
      if (messages.size() == limit || bytes >= PAGE_BYTES) {
        break;
      }
      boolean all = read(range);
      reached = all ? range.end() : messages.get(messages.size() - 1).position();
      if (!all) {
        break;
      }
    }
    return new FeedPage(messages, reached);
  }

  private List<CommittedRange.Run> runs(FeedPosition after) {
    return database
        .sql(
            """
            select * from (
              select *, sum(messages) over (order by position) - messages as before
              from (select position,
                           case position when :commit then greatest(first_id, :id + 1)
                                         else first_id end as first_id,
                           last_id, first_timestamp, last_timestamp, messages
                    from history_commit
                    where not imported and position >= :commit and (position > :commit or last_id > :id)
                    order by position limit :messages) following) counted
            where before < :messages order by position
            """)
        .param("commit", after.commit())
        .param("id", after.id())
        .param("messages", LOOKED_AT)
        .query(CommittedRange.Run::of)
        .list();
  }

  /** Adds what the filter leaves of a range; whether that is all of it. */
  private boolean read(CommittedRange range) {
    Conditions conditions = conditions(range);
    ResultSetExtractor<Boolean> adding = result -> add(range, result);
    return Boolean.TRUE.equals(
        database
            .sql(pageSql(conditions.sql()))
            .params(conditions.parameters())
            .param("rows", limit - messages.size())
            .param("bytes", PAGE_BYTES - bytes)
            .query(adding));
  }

  private boolean add(CommittedRange range, ResultSet result) throws SQLException {
    long candidates = 0;
    long added = 0;
    while (result.next()) {
      RecordedMessage message = rows.recorded(result);
      messages.add(new FeedMessage(range.behind(message.id()), message));
      bytes += message.payload().length;
      candidates = result.getLong("candidates");
      added++;
    }
    return added == candidates;
  }

  private Conditions conditions(CommittedRange range) {
    Conditions conditions = new Conditions();
    conditions.add(
        "id between :first and :last", Map.of("first", range.firstId(), "last", range.lastId()));
    conditions.add(
        "\"timestamp\" between :from and :to",
        Map.of(
            "from", Timestamp.from(range.firstTimestamp()),
            "to", Timestamp.from(range.lastTimestamp())));
    conditions.add("broker_id = :broker", "broker", filter.brokerId());
    conditions.add("subscription_id = :subscription", "subscription", filter.subscriptionId());
    if (filter.topic() != null) {
      TopicCondition topic = TopicCondition.of(filter.topic());
      conditions.add(topic.sql(), topic.parameters());
    }
    return conditions;
  }

  /** The first row always comes; the length of a stored payload is known without reading it. */
  private static String pageSql(String conditions) {
    return """
    select * from (
      select found.*,
             sum(octet_length(payload)) over (order by id rows unbounded preceding) as bytes,
             row_number() over (order by id) as place
      from (select *, count(*) over () as candidates from history
            where direction = 'receive' and %s) found
      order by id limit :rows) placed
    where bytes <= :bytes or place = 1
    order by place
    """
        .formatted(conditions);
  }
}
