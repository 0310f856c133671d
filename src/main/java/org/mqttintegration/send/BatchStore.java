package org.mqttintegration.send;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.WireName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code send_batch}. */
@Component
class BatchStore {

  private final JdbcClient database;
  private final Sending sending;

  BatchStore(JdbcClient database, Sending sending) {
    this.database = database;
    this.sending = sending;
  }

  /** The id that the next batch gets. */
  long nextId() {
    return database
        .sql("select nextval(pg_get_serial_sequence('send_batch', 'id'))")
        .query(Long.class)
        .single();
  }

  /** Stores a batch, with what it is answered if it may be asked for again. */
  void insert(long id, int lines, int accepted, @Nullable String answer) {
    database
        .sql(
            """
            insert into send_batch (id, lines, accepted, created_at, answer)
            overriding system value values (:id, :lines, :accepted, :now, :answer)
            """)
        .param("id", id)
        .param("lines", lines)
        .param("accepted", accepted)
        .param("now", SendStore.utc(Instant.now()))
        .param("answer", answer, Types.VARCHAR)
        .update();
  }

  /** What a batch was answered that came with an Idempotency-Key. */
  String answer(long id) {
    return database
        .sql("select answer from send_batch where id = ?")
        .param(id)
        .query(String.class)
        .single();
  }

  /**
   * One batch.
   *
   * @throws ProblemException not found
   */
  SendBatch get(long id) {
    return database
        .sql("select id, lines, accepted, created_at from send_batch where id = ?")
        .param(id)
        .query((row, number) -> batch(row, groups(id)))
        .optional()
        .orElseThrow(() -> ProblemException.notFound("batch", id));
  }

  /** The sends of a batch that are as far. */
  private record Group(SendStatus status, long count, @Nullable Instant lastFinished) {}

  private static SendBatch batch(ResultSet row, List<Group> groups) throws SQLException {
    Map<SendStatus, Long> counts = new EnumMap<>(SendStatus.class);
    for (SendStatus status : SendStatus.values()) {
      counts.put(status, 0L);
    }
    Instant createdAt = Objects.requireNonNull(SendStore.instant(row, "created_at"));
    Instant finishedAt = createdAt;
    for (Group group : groups) {
      counts.put(group.status(), group.count());
      finishedAt = later(finishedAt, group.lastFinished());
    }
    boolean done = groups.stream().allMatch(group -> group.status().isOutcome());
    return new SendBatch(
        row.getLong("id"),
        row.getInt("lines"),
        row.getInt("accepted"),
        createdAt,
        done ? finishedAt : null,
        counts);
  }

  private static Instant later(Instant one, @Nullable Instant other) {
    return other == null || other.isBefore(one) ? one : other;
  }

  /** In the database, what is with the broker waits still. */
  private List<Group> groups(long id) {
    return database
        .sql(
            """
            select case when status = 'queued' and id = any(:sending) then 'sending' else status end as state,
                   count(*) as count, max(finished_at) as last_finished
            from send where batch_id = :batch group by state
            """)
        .param("batch", id)
        .param("sending", sending.inFlight().toArray(Long[]::new))
        .query(
            (row, number) ->
                new Group(
                    Objects.requireNonNull(
                        WireName.constant(SendStatus.class, row.getString("state"))),
                    row.getLong("count"),
                    SendStore.instant(row, "last_finished")))
        .list();
  }

  /** Deletes batches of before then that have no send any more; how many, at most so many. */
  int deleteOld(Instant before, int limit) {
    return database
        .sql(
            """
            delete from send_batch where id in
              (select id from send_batch b where created_at < :before
                 and not exists (select from send where batch_id = b.id) limit :limit)
            """)
        .param("before", SendStore.utc(before))
        .param("limit", limit)
        .update();
  }
}
