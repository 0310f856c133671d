package org.mqttintegration.send;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.resource.WireName;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code send}, as the dispatcher uses it. */
@Component
class SendStore {

  private final JdbcClient database;
  private final NamedParameterJdbcOperations rows;
  private final ObjectMapper json;

  SendStore(JdbcClient database, NamedParameterJdbcOperations rows, ObjectMapper json) {
    this.database = database;
    this.rows = rows;
    this.json = json;
  }

  /**
   * A send to store.
   *
   * @param batchId the batch it came in, null for none
   */
  record NewSend(
      long id,
      Publish message,
      SendOrigin origin,
      Instant acceptedAt,
      Instant expiresAt,
      @Nullable Long batchId) {}

  /** The ids that the next sends get, in order. */
  List<Long> nextIds(int count) {
    return database
        .sql("select nextval('send_id_seq') from generate_series(1, :count) order by 1")
        .param("count", count)
        .query(Long.class)
        .list();
  }

  /** Stores sends that wait from now on. */
  void insert(List<NewSend> sends) {
    rows.batchUpdate(
        """
        insert into send (id, broker_id, signal_id, topic, payload, payload_size, qos, retain,
                          properties, status, accepted_at, expires_at, batch_id, origin, origin_account,
                          origin_schedule_id, origin_route_id, origin_history_id)
        values (:id, :broker, :signal, :topic, :payload, :size, :qos, :retain,
                cast(:properties as jsonb), 'queued', :accepted, :expires, :batch, :origin, :account, :schedule, :route,
                :history)
        """,
        sends.stream().map(this::parameters).toArray(SqlParameterSource[]::new));
  }

  private SqlParameterSource parameters(NewSend send) {
    Publish message = send.message();
    SendOrigin origin = send.origin();
    return new MapSqlParameterSource()
        .addValue("id", send.id())
        .addValue("broker", message.brokerId())
        .addValue("signal", message.signalId(), Types.BIGINT)
        .addValue("topic", message.topic())
        .addValue("payload", message.payload())
        .addValue("size", message.payload().length)
        .addValue("qos", message.qos())
        .addValue("retain", message.retain())
        .addValue("properties", properties(message.properties()), Types.VARCHAR)
        .addValue("accepted", utc(send.acceptedAt()))
        .addValue("expires", utc(send.expiresAt()))
        .addValue("batch", send.batchId(), Types.BIGINT)
        .addValue(
            "origin", origin.kind() == null ? null : WireName.of(origin.kind()), Types.VARCHAR)
        .addValue("account", origin.account(), Types.VARCHAR)
        .addValue("schedule", origin.scheduleId(), Types.BIGINT)
        .addValue("route", origin.routeId(), Types.VARCHAR)
        .addValue("history", origin.historyId(), Types.BIGINT);
  }

  /**
   * Sends that wait.
   *
   * @param more whether there may be others
   */
  record Loaded(List<QueuedSend> sends, boolean more) {}

  /**
   * The oldest sends of a broker that wait.
   *
   * @param known ids to leave out
   * @param fullTopics topics to leave out
   * @param limit how many at most
   * @param bytes how large their payloads may be together; the first one always comes
   */
  Loaded waiting(
      long brokerId, Collection<Long> known, Collection<String> fullTopics, int limit, long bytes) {
    int[] candidates = {0};
    List<QueuedSend> sends =
        database
            .sql(
                """
            select * from (
              select found.*, sum(payload_size) over (order by id) as bytes,
                     row_number() over (order by id) as place, count(*) over () as candidates
              from (select * from send
                    where broker_id = :broker and status = 'queued'
                      and id not in (select unnest(:known))
                      and topic_hash not in (select hashtextextended(t, 0) from unnest(:full) t)
                    order by id limit :limit) found) placed
            where bytes <= :bytes or place = 1
            order by id
            """)
            .param("broker", brokerId)
            .param("known", known.toArray(Long[]::new))
            .param("full", fullTopics.toArray(String[]::new))
            .param("limit", limit)
            .param("bytes", bytes)
            .query(
                (row, number) -> {
                  candidates[0] = row.getInt("candidates");
                  return queued(row);
                })
            .list();
    return new Loaded(sends, candidates[0] == limit || candidates[0] > sends.size());
  }

  /**
   * Ends all that wait and whose time is over.
   *
   * @param brokers of which
   * @param known ids to leave out
   * @return the ids of those that ended
   */
  List<Long> expire(Instant now, Collection<Long> brokers, Collection<Long> known) {
    return database
        .sql(
            """
            update send set status = 'expired', finished_at = :now, next_attempt_at = null, reason = :reason
            where status = 'queued' and expires_at <= :now and broker_id = any(:brokers)
              and id not in (select unnest(:known))
            returning id
            """)
        .param("now", utc(now))
        .param("reason", Verdict.EXPIRED.reason())
        .param("brokers", brokers.toArray(Long[]::new))
        .param("known", known.toArray(Long[]::new))
        .query(Long.class)
        .list();
  }

  /** The broker of a send that waits; empty when none does. */
  Optional<Long> brokerOfWaiting(long id) {
    return database
        .sql("select broker_id from send where id = ? and status = 'queued'")
        .param(id)
        .query(Long.class)
        .optional();
  }

  /** Which of these have their outcome. */
  List<Long> finished(Collection<Long> sends) {
    return database
        .sql("select id from send where id = any(?) and status <> 'queued'")
        .param(sends.toArray(Long[]::new))
        .query(Long.class)
        .list();
  }

  /** Whether a send was cancelled. */
  boolean isCancelled(long id) {
    return database
        .sql("select exists (select from send where id = ? and status = 'cancelled')")
        .param(id)
        .query(Boolean.class)
        .single();
  }

  /** Ends one that waits; whether there was one. */
  boolean cancel(long id, Instant now) {
    return database
            .sql(
                """
                update send set status = 'cancelled', finished_at = :now, next_attempt_at = null
                where id = :id and status = 'queued'
                """)
            .param("id", id)
            .param("now", utc(now))
            .update()
        > 0;
  }

  /** Ends all that wait for a broker. */
  void cancelAll(long brokerId, String reason, Instant now) {
    database
        .sql(
            """
            update send set status = 'cancelled', finished_at = :now, next_attempt_at = null, reason = :reason
            where broker_id = :broker and status = 'queued'
            """)
        .param("broker", brokerId)
        .param("now", utc(now))
        .param("reason", reason)
        .update();
  }

  /** How many wait for a broker, since when. */
  record Waiting(long brokerId, long count, Instant since) {}

  /** What waits, for each broker that something waits for. */
  List<Waiting> waiting() {
    return database
        .sql(
            """
            select broker_id, count(*) as count, min(accepted_at) as since from send
            where status = 'queued' group by broker_id
            """)
        .query(
            (row, number) ->
                new Waiting(
                    row.getLong("broker_id"),
                    row.getLong("count"),
                    Objects.requireNonNull(instant(row, "since"))))
        .list();
  }

  /** How many wait for a broker. */
  long countWaiting(long brokerId) {
    return database
        .sql("select count(*) from send where broker_id = ? and status = 'queued'")
        .param(brokerId)
        .query(Long.class)
        .single();
  }

  /** Deletes sends with an outcome of before then; how many, at most so many. */
  int deleteFinished(Instant before, int limit) {
    return database
        .sql(
            """
            with gone as (
              delete from send where id in
                (select id from send where finished_at < :before order by finished_at limit :limit)
              returning id),
            attempts as (delete from send_attempt where send_id in (select id from gone))
            select count(*) from gone
            """)
        .param("before", utc(before))
        .param("limit", limit)
        .query(Integer.class)
        .single();
  }

  /** When a send that is accepted now has expired. */
  static Instant expiry(Publish message, Instant acceptedAt, Duration longest) {
    Long life = message.properties().messageExpiryInterval();
    return life == null || life >= longest.toSeconds()
        ? acceptedAt.plus(longest)
        : acceptedAt.plusSeconds(life);
  }

  static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private QueuedSend queued(ResultSet row) throws SQLException {
    Publish message =
        Publish.to(row.getLong("broker_id"), row.getString("topic"), row.getBytes("payload"))
            .withQos(row.getInt("qos"))
            .withRetain(row.getBoolean("retain"))
            .withProperties(properties(row.getString("properties")))
            .ofSignal(row.getObject("signal_id", Long.class));
    return new QueuedSend(
        row.getLong("id"),
        message,
        Objects.requireNonNull(instant(row, "accepted_at")),
        Objects.requireNonNull(instant(row, "expires_at")),
        row.getInt("attempts"),
        instant(row, "next_attempt_at"));
  }

  private @Nullable String properties(MessageProperties properties) {
    try {
      return properties.equals(MessageProperties.NONE) ? null : json.writeValueAsString(properties);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private MessageProperties properties(@Nullable String stored) {
    try {
      return stored == null
          ? MessageProperties.NONE
          : json.readValue(stored, MessageProperties.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
