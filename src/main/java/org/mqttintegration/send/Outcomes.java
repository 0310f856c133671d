package org.mqttintegration.send;

import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.SentRecorder;
import org.mqttintegration.mqtt.ConnectionKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores what became of sends, together with the history, and tells who waits for it. */
@Component
class Outcomes {

  private final SentRecorder recorder;

  /** By send, what whoever waits for its outcome waits on. */
  private final Map<Long, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

  private volatile boolean ended;

  Outcomes(SentRecorder recorder) {
    this.recorder = recorder;
  }

  /**
   * Completes when a send has its outcome, and that is committed, or when nobody would tell of it.
   */
  CompletableFuture<Void> of(long send) {
    CompletableFuture<Void> outcome = awaited.computeIfAbsent(send, this::begun);
    if (ended) {
      outcome.complete(null);
    }
    return outcome;
  }

  private CompletableFuture<Void> begun(long send) {
    CompletableFuture<Void> outcome = new CompletableFuture<>();
    // also when who waits gave up
    outcome.whenComplete((nothing, failure) -> awaited.remove(send, outcome));
    return outcome;
  }

  /** Nobody tells of outcomes any more, and so nobody waits for them. */
  void end() {
    ended = true;
    awaited.keySet().forEach(this::committed);
  }

  /** A send has its outcome, and that is committed. */
  void committed(long send) {
    CompletableFuture<Void> future = awaited.get(send);
    if (future != null) {
      future.complete(null);
    }
  }

  /** The sends whose outcomes are waited for. */
  Set<Long> awaited() {
    return Set.copyOf(awaited.keySet());
  }

  /** Stores an outcome, for a message that was sent with its entry in the history. */
  CompletableFuture<Void> store(QueuedSend send, Verdict verdict) {
    return verdict.status().isSent()
        ? recorder.record(send.sent(), finishing(send, verdict))
        : storeAlone(send, verdict);
  }

  /** Stores an outcome alone. */
  CompletableFuture<Void> storeAlone(QueuedSend send, Verdict verdict) {
    return recorder.record(connection(send), finishing(send, verdict));
  }

  private static String connection(QueuedSend send) {
    return ConnectionKey.of(send.brokerId());
  }

  private static SentRecorder.Change finishing(QueuedSend send, Verdict verdict) {
    Instant finishedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return (database, historyId) -> finish(database, send, verdict, historyId, finishedAt);
  }

  /** Stores that an attempt failed, and when the next one is. */
  void storeAttempt(QueuedSend send, Verdict verdict) {
    int attempts = send.attempts();
    Instant sentAt = send.sentAt();
    Instant next = send.notBefore();
    recorder.record(
        connection(send),
        (database, historyId) -> {
          noteAttempt(database, send.id(), attempts, sentAt, verdict);
          database
              .sql(
                  """
                    update send set attempts = :attempts, sent_at = :sent, next_attempt_at = :next,
                                    reason_code = :code, reason = :reason
                    where id = :id and status = 'queued'
                    """)
              .param("id", send.id())
              .param("attempts", attempts)
              .param("sent", time(sentAt), Types.TIMESTAMP_WITH_TIMEZONE)
              .param("next", time(next), Types.TIMESTAMP_WITH_TIMEZONE)
              .param("code", verdict.reasonCode(), Types.SMALLINT)
              .param("reason", verdict.reason(), Types.VARCHAR)
              .update();
        });
  }

  /** It may be noted twice, when nobody knows whether a commit worked. */
  private static void noteAttempt(
      JdbcClient database, long send, int attempt, @Nullable Instant at, Verdict verdict) {
    database
        .sql(
            """
            insert into send_attempt (send_id, attempt, at, reason_code, reason)
            values (:send, :attempt, coalesce(:at, now()), :code, :reason)
            on conflict (send_id, attempt) do nothing
            """)
        .param("send", send)
        .param("attempt", attempt)
        .param("at", time(at), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("code", verdict.reasonCode(), Types.SMALLINT)
        .param("reason", verdict.reason(), Types.VARCHAR)
        .update();
  }

  /** The history has the payload of what was sent. */
  private static void finish(
      JdbcClient database,
      QueuedSend send,
      Verdict verdict,
      @Nullable Long historyId,
      Instant finishedAt) {
    database
        .sql(
            """
            update send set status = :status, attempts = :attempts, sent_at = :sent, next_attempt_at = null,
                            finished_at = :finished, reason_code = :code, reason = :reason,
                            history_id = :history,
                            payload = case when cast(:history as bigint) is null then payload end
            where id = :id and status = 'queued'
            """)
        .param("id", send.id())
        .param("status", verdict.status().word())
        .param("attempts", send.attempts())
        .param("sent", time(send.sentAt()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("finished", SendStore.utc(finishedAt))
        .param("code", verdict.reasonCode(), Types.SMALLINT)
        .param("reason", verdict.reason(), Types.VARCHAR)
        .param("history", historyId, Types.BIGINT)
        .update();
    if (send.qos() == 2 && isSettled(verdict)) {
      database.sql("delete from outbound_packet where send_id = ?").param(send.id()).update();
    }
    Instant sentAt = send.sentAt();
    if (verdict.status().isSent() && send.signalId() != null && sentAt != null) {
      database
          .sql("update signal set send_at = :sent where id = :id")
          .param("sent", SendStore.utc(sentAt))
          .param("id", send.signalId())
          .update();
    }
  }

  /** Whether nothing of it is left in the broker's session. */
  static boolean isSettled(Verdict verdict) {
    return verdict.status().isSent()
        || verdict.status() == SendStatus.REFUSED && verdict.reasonCode() != null;
  }

  private static @Nullable Object time(@Nullable Instant time) {
    return time == null ? null : SendStore.utc(time);
  }
}
