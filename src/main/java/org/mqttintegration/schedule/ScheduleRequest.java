package org.mqttintegration.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule shall be. It has exactly one of {@code at}, {@code every} and {@code cron}.
 *
 * @param signalId the signal to send
 * @param at when to send it once
 * @param every the interval, an ISO 8601 duration of whole seconds, from 1 second to 366 days
 * @param cron an expression as Quartz has it: seconds, minutes, hours, day of month, month, day of
 *     week, and perhaps year
 * @param timeZone the expression's time zone: a region or a fixed offset; UTC when absent
 * @param startAt the first instant that it may fire at, which an interval is counted from; when
 *     absent, when it is stored
 * @param endAt the instant that it no longer fires at, never when absent
 * @param misfire what becomes of firings that were missed; {@code fireOnce} when absent
 * @param values the values for the signal's template; none when absent
 */
public record ScheduleRequest(
    @NotNull(message = "A schedule has a signal.") @Nullable Long signalId,
    @Nullable Instant at,
    @Nullable String every,
    @Nullable String cron,
    @Nullable String timeZone,
    @Nullable Instant startAt,
    @Nullable Instant endAt,
    @Nullable Misfire misfire,
    @Nullable Map<String, JsonNode> values) {

  Misfire misfireOrDefault() {
    return Objects.requireNonNullElse(misfire, Misfire.FIRE_ONCE);
  }

  String timeZoneOrDefault() {
    return Objects.requireNonNullElse(timeZone, "UTC");
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "ScheduleRequest[signalId=%s, at=%s, every=%s, cron=%s]"
        .formatted(signalId, at, every, cron);
  }
}
