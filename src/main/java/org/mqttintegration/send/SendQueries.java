package org.mqttintegration.send;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.Conditions;
import org.mqttintegration.resource.WireName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads sends. */
@Component
class SendQueries {

  private static final String COLUMNS =
      """
      id, broker_id, signal_id, batch_id, topic, payload_size, qos, retain, status, reason_code, reason, attempts,
      accepted_at, sent_at, next_attempt_at, expires_at, finished_at, history_id,
      origin, origin_account, origin_schedule_id, origin_route_id, origin_history_id
      """;

  private final JdbcClient database;
  private final Sending sending;

  SendQueries(JdbcClient database, Sending sending) {
    this.database = database;
    this.sending = sending;
  }

  /**
   * One send.
   *
   * @throws ProblemException not found
   */
  Send get(long id) {
    return database
        .sql("select " + COLUMNS + " from send where id = ?")
        .param(id)
        .query(this::send)
        .optional()
        .orElseThrow(() -> ProblemException.notFound("send", id));
  }

  /** The send that made a row of the history. */
  Optional<Send> ofHistory(long historyId) {
    return database
        .sql("select " + COLUMNS + " from send where history_id = ?")
        .param(historyId)
        .query(this::send)
        .optional();
  }

  /** The sends that routes made of a message of the history. */
  List<Send> madeOf(long historyId, int limit) {
    return database
        .sql("select " + COLUMNS + " from send where origin_history_id = ? order by id limit ?")
        .param(historyId)
        .param(limit)
        .query(this::send)
        .list();
  }

  /** Attempts of a send that failed before its last. */
  List<FailedAttempt> failedAttempts(long id) {
    return database
        .sql(
            "select attempt, at, reason_code, reason from send_attempt where send_id = ? order by attempt")
        .param(id)
        .query(
            (row, number) ->
                new FailedAttempt(
                    row.getInt("attempt"),
                    Objects.requireNonNull(SendStore.instant(row, "at")),
                    row.getObject("reason_code", Integer.class),
                    row.getString("reason")))
        .list();
  }

  /** An attempt that failed, and was not the last. */
  record FailedAttempt(
      int attempt, Instant at, @Nullable Integer reasonCode, @Nullable String reason) {}

  /** The sends that a query asks for, newest first. */
  SendPage list(SendQuery query) {
    Conditions conditions = new Conditions();
    conditions.add("broker_id = :broker", "broker", query.brokerId());
    conditions.add("signal_id = :signal", "signal", query.signalId());
    conditions.add("batch_id = :batch", "batch", query.batchId());
    conditions.add("id < :cursor", "cursor", query.cursor());
    if (query.status() != null) {
      addStatus(query.status(), conditions);
    }
    List<Send> sends =
        database
            .sql(
                "select %s from send where %s order by id desc limit :limit"
                    .formatted(COLUMNS, conditions.sql()))
            .params(conditions.parameters())
            .param("limit", query.limit() + 1)
            .query(this::send)
            .list();
    boolean more = sends.size() > query.limit();
    List<Send> items = more ? sends.subList(0, query.limit()) : sends;
    return new SendPage(items, more ? Long.toString(items.get(items.size() - 1).id()) : null);
  }

  /** In the database, what is with the broker waits still. */
  private void addStatus(SendStatus status, Conditions conditions) {
    if (status.isOutcome()) {
      conditions.add("status = :status", "status", status.word());
      return;
    }
    Long[] inFlight = sending.inFlight().toArray(Long[]::new);
    String which = status == SendStatus.SENDING ? "id = any(:sending)" : "id <> all(:sending)";
    conditions.add("status = 'queued' and " + which, "sending", inFlight);
  }

  private Send send(ResultSet row, int number) throws SQLException {
    Send send =
        new Send(
            row.getLong("id"),
            row.getLong("broker_id"),
            row.getObject("signal_id", Long.class),
            row.getObject("batch_id", Long.class),
            row.getString("topic"),
            row.getInt("payload_size"),
            row.getInt("qos"),
            row.getBoolean("retain"),
            Objects.requireNonNull(WireName.constant(SendStatus.class, row.getString("status"))),
            row.getObject("reason_code", Integer.class),
            row.getString("reason"),
            row.getInt("attempts"),
            Objects.requireNonNull(SendStore.instant(row, "accepted_at")),
            SendStore.instant(row, "sent_at"),
            SendStore.instant(row, "next_attempt_at"),
            Objects.requireNonNull(SendStore.instant(row, "expires_at")),
            SendStore.instant(row, "finished_at"),
            row.getObject("history_id", Long.class),
            SendOrigin.of(row));
    return send.status() == SendStatus.QUEUED && sending.isInFlight(send.id())
        ? send.as(SendStatus.SENDING)
        : send;
  }
}
