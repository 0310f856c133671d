package org.mqttintegration.history;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The history as a log: the received messages in the order in which they were committed. Whoever
 * has read up to a place has seen all that was ever committed before it, however many writers there
 * are.
 */
@Component
public class HistoryFeed {

  private final JdbcClient database;
  private final HistoryRows rows;
  private final FeedBell bell;

  HistoryFeed(JdbcClient database, HistoryRows rows, FeedBell bell) {
    this.database = database;
    this.rows = rows;
    this.bell = bell;
  }

  /** A number that rises when received messages were recorded, here or by another node. */
  public long changes() {
    return bell.times();
  }

  /** Waits until {@link #changes} is above that, or the time is over. */
  public void await(long changes, long millis) throws InterruptedException {
    bell.await(changes, millis);
  }

  /** The place behind all that is committed. */
  public FeedPosition end() {
    return place(
            "select position, last_id from history_commit order by position desc limit 1", Map.of())
        .orElse(FeedPosition.START);
  }

  /** The place before the first message that was received or sent at a time or later. */
  public FeedPosition before(Instant time) {
    return place(
            """
            select position, coalesce(
              (select max(id) from history
               where id between first_id and last_id
                 and "timestamp" >= first_timestamp and "timestamp" < :time), first_id - 1)
            from history_commit
            where position = (select min(position) from history_commit
                              where last_timestamp >= :time)
            """,
            Map.of("time", Timestamp.from(time)))
        .orElseGet(this::end);
  }

  /** The place before the message with that id; before the next one when there is none. */
  public FeedPosition before(long id) {
    return place(
            """
            select position, greatest(first_id, :id) - 1 from history_commit
            where last_id >= :id order by first_id limit 1
            """,
            Map.of("id", id))
        .orElseGet(this::end);
  }

  private Optional<FeedPosition> place(String sql, Map<String, ?> parameters) {
    return database
        .sql(sql)
        .params(parameters)
        .query((row, number) -> new FeedPosition(row.getLong(1), row.getLong(2)))
        .optional();
  }

  /** A received message by its id. */
  public Optional<RecordedMessage> find(long id) {
    return read(before(id), new FeedFilter(null, null, null), 1).messages().stream()
        .map(FeedPage.FeedMessage::message)
        .filter(message -> message.id() == id)
        .findFirst();
  }

  /** How much is behind a place. */
  public FeedLag lag(FeedPosition position) {
    return database
        .sql(
            """
            select coalesce(sum(case when position > :commit then messages
                                     else greatest(0, least(messages, last_id - :id)) end), 0),
                   min(last_timestamp) filter (where position > :commit or last_id > :id)
            from history_commit where position >= :commit and not imported
            """)
        .param("commit", position.commit())
        .param("id", position.id())
        .query(
            (row, number) -> {
              Timestamp oldest = row.getTimestamp(2);
              return new FeedLag(row.getLong(1), oldest == null ? null : oldest.toInstant());
            })
        .single();
  }

  /**
   * Reads on from a place. When nothing is behind it, the page is empty and reaches no further.
   *
   * @param limit the most messages, at least 1
   */
  public FeedPage read(FeedPosition after, FeedFilter filter, int limit) {
    return new FeedReader(database, rows, filter, limit).read(after);
  }
}
