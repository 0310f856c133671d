package org.mqttintegration.bridge.trace;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.bridge.trace.Step.Failure;
import org.mqttintegration.bridge.trace.StepQueue.LeftOut;
import org.mqttintegration.secret.UsedSecrets;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code route_step}, and what was left out of it. */
@Component
public class StepStore {

  private static final int LONGEST = 300;
  private static final int MOST = 1_000;

  /** Two nodes' clocks differ by less. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final JdbcClient database;
  private final UsedSecrets secrets;

  StepStore(JdbcClient database, UsedSecrets secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /** A step that is kept. */
  record Kept(
      String routeId,
      String exchangeId,
      @Nullable String target,
      Instant begunAt,
      Duration time,
      int attempt,
      String outcome,
      @Nullable String exception,
      @Nullable String message,
      boolean complete,
      @Nullable Long deadLetterId) {

    boolean is(Step.Outcome other) {
      return outcome.equals(other.word());
    }
  }

  /** Writes steps, in one statement. */
  void write(List<Step> steps) {
    database
        .sql(
            """
            insert into route_step (begun_at, history_id, route_id, exchange_id, target, micros, attempt, outcome,
                                    exception, message, complete, dead_letter_id)
            select timestamptz 'epoch' + begun * interval '1 microsecond', history, route, exchange, target, micros,
                   attempt, outcome, exception, message, complete, letter
            from unnest(:begun, :history, :route, :exchange, :target, :micros, :attempt, :outcome, :exception,
                        :message, :complete, :letter)
              as step (begun, history, route, exchange, target, micros, attempt, outcome, exception, message, complete,
                       letter)
            """)
        .param("begun", longs(steps, s -> ChronoUnit.MICROS.between(Instant.EPOCH, s.begunAt())))
        .param("history", longs(steps, s -> s.of().historyId()))
        .param("route", texts(steps, s -> s.of().routeId()))
        .param("exchange", texts(steps, s -> s.of().exchangeId()))
        .param("target", texts(steps, s -> shown(s.target())))
        .param("micros", longs(steps, Step::micros))
        .param("attempt", longs(steps, s -> (long) s.attempt()))
        .param("outcome", texts(steps, s -> s.outcome().word()))
        .param("exception", texts(steps, s -> exception(s.failure())))
        .param("message", texts(steps, s -> message(s.failure())))
        .param("complete", steps.stream().map(Step::complete).toArray(Boolean[]::new))
        .param("letter", longs(steps, Step::deadLetterId))
        .update();
  }

  private static Long[] longs(List<Step> steps, Function<Step, @Nullable Long> value) {
    return steps.stream().map(value).toArray(Long[]::new);
  }

  private static String[] texts(List<Step> steps, Function<Step, @Nullable String> value) {
    return steps.stream().map(value).toArray(String[]::new);
  }

  private static @Nullable String exception(@Nullable Failure failure) {
    return failure == null ? null : failure.exception();
  }

  private @Nullable String message(@Nullable Failure failure) {
    String message = failure == null ? null : failure.message();
    return shown(message == null ? null : message.lines().findFirst().orElse(""));
  }

  /** Without secrets and NUL, and not too long. */
  private @Nullable String shown(@Nullable String text) {
    String hidden = secrets.hide(text);
    if (hidden == null) {
      return null;
    }
    String cut = hidden.length() <= LONGEST ? hidden : hidden.substring(0, LONGEST) + "…";
    return cut.replace('\0', '\uFFFD');
  }

  /** Notes whose steps were left out. */
  void note(Collection<LeftOut> leftOut) {
    for (LeftOut one : leftOut) {
      database
          .sql(
              """
              insert into route_step_left_out (route_id, first_id, last_id, messages, at)
              values (:route, :first, :last, :messages, clock_timestamp())
              """)
          .param("route", one.routeId())
          .param("first", one.firstId())
          .param("last", one.lastId())
          .param("messages", one.messages())
          .update();
    }
  }

  /** The steps of a message that was recorded at a time, in their order. */
  List<Kept> of(long historyId, Instant recordedAt) {
    return database
        .sql(
            """
            select * from route_step where history_id = :id and begun_at >= :from order by begun_at limit :most
            """)
        .param("id", historyId)
        .param("from", recordedAt.minus(SKEW).atOffset(ZoneOffset.UTC))
        .param("most", MOST)
        .query(this::kept)
        .list();
  }

  private Kept kept(ResultSet row, int number) throws SQLException {
    return new Kept(
        row.getString("route_id"),
        row.getString("exchange_id"),
        secrets.hide(row.getString("target")), // it may be one since then
        row.getObject("begun_at", OffsetDateTime.class).toInstant(),
        Duration.of(row.getLong("micros"), ChronoUnit.MICROS),
        row.getInt("attempt"),
        row.getString("outcome"),
        row.getString("exception"),
        secrets.hide(row.getString("message")),
        row.getBoolean("complete"),
        row.getObject("dead_letter_id", Long.class));
  }

  /** The routes that left out steps of messages about that one. */
  public List<String> leftOut(long historyId) {
    return database
        .sql(
            """
            select distinct route_id from route_step_left_out
            where int8range(first_id, last_id, '[]') @> cast(:id as bigint) order by route_id
            """)
        .param("id", historyId)
        .query(String.class)
        .list();
  }

  /** Makes partitions ahead, and drops those that are old enough. */
  void keepSince(Instant oldest, Instant now) {
    database
        .sql("select route_step_partitions(:today, 3, :oldest)")
        .param("today", now.atOffset(ZoneOffset.UTC).toLocalDate())
        .param("oldest", oldest.atOffset(ZoneOffset.UTC))
        .query((row, number) -> number)
        .list();
  }
}
