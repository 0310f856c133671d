package org.mqttintegration.send;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.EnumMap;
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
    Map<SendStatus, Long> counts = counts(id);
    boolean done =
        counts.entrySet().stream().allMatch(c -> c.getKey().isOutcome() || c.getValue() == 0);
    return database
        .sql(
            """
            select b.*, (select max(finished_at) from send where batch_id = b.id) as finished_at
            from send_batch b where id = ?
            """)
        .param(id)
        .query((row, number) -> batch(row, done, counts))
        .optional()
        .orElseThrow(() -> ProblemException.notFound("batch", id));
  }

  private static SendBatch batch(ResultSet row, boolean done, Map<SendStatus, Long> counts)
      throws SQLException {
    Instant createdAt = Objects.requireNonNull(SendStore.instant(row, "created_at"));
    Instant finishedAt = SendStore.instant(row, "finished_at");
    return new SendBatch(
        row.getLong("id"),
        row.getInt("lines"),
        row.getInt("accepted"),
        createdAt,
        done ? Objects.requireNonNullElse(finishedAt, createdAt) : null,
        counts);
  }

  /** In the database, what is with the broker waits still. */
  private Map<SendStatus, Long> counts(long id) {
    Map<SendStatus, Long> counts = new EnumMap<>(SendStatus.class);
    for (SendStatus status : SendStatus.values()) {
      counts.put(status, 0L);
    }
    database
        .sql(
            """
            select case when status = 'queued' and id = any(:sending) then 'sending' else status end as state,
                   count(*) as count
            from send where batch_id = :batch group by state
            """)
        .param("batch", id)
        .param("sending", sending.inFlight().toArray(Long[]::new))
        .query(
            row -> {
              counts.put(
                  Objects.requireNonNull(
                      WireName.constant(SendStatus.class, row.getString("state"))),
                  row.getLong("count"));
            });
    return counts;
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
