package org.mqttintegration.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.activity.RecordKind;
import org.mqttintegration.activity.RecordRef;

/** A row of {@code schedule}. Its instants are whole milliseconds, which is what Quartz takes. */
@Entity(name = "Schedule")
@Table(name = "schedule")
class ScheduleEntity {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  long signalId;
  @Nullable Instant at;

  /** In seconds. */
  @Nullable Long every;

  @Nullable String cron;
  @Nullable String timeZone;
  @Nullable Instant startAt;
  @Nullable Instant endAt;
  Misfire misfire = Misfire.FIRE_ONCE;

  @Column(name = "`values`")
  @JdbcTypeCode(SqlTypes.JSON)
  @Nullable Map<String, JsonNode> values;

  boolean paused;
  Instant createdAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  @Nullable Instant lastFiredAt;
  @Nullable String lastError;
  @Nullable Instant lastErrorAt;

  long id() {
    return Objects.requireNonNull(id, "not stored yet");
  }

  /** As its story has it. */
  RecordRef record() {
    return RecordRef.of(RecordKind.SCHEDULE, id(), "signal %d".formatted(signalId));
  }

  /** Takes over a valid request. */
  void apply(ScheduleRequest request, Instant now) {
    signalId = Objects.requireNonNull(request.signalId());
    at = milliseconds(request.at());
    every = request.every() == null ? null : Duration.parse(request.every()).toSeconds();
    cron = request.cron() == null ? null : request.cron().strip();
    timeZone = request.cron() == null ? null : request.timeZoneOrDefault();
    startAt = milliseconds(request.startAt());
    if (every != null && startAt == null) {
      startAt = now;
    }
    endAt = milliseconds(request.endAt());
    misfire = request.misfireOrDefault();
    values = request.values() == null ? null : withoutNulls(request.values());
  }

  /** The request that would store what is stored. */
  ScheduleRequest asRequest() {
    return new ScheduleRequest(
        signalId, at, duration(), cron, timeZone, startAt, endAt, misfire, values);
  }

  /** The interval as an ISO 8601 duration, null when there is none. */
  @Nullable String duration() {
    return every == null ? null : Duration.ofSeconds(every).toString();
  }

  Timing timing() {
    if (at != null) {
      return new Timing.Once(at);
    }
    if (every != null) {
      return new Timing.Interval(Objects.requireNonNull(startAt), Duration.ofSeconds(every));
    }
    try {
      return new Cron(Objects.requireNonNull(cron), ZoneId.of(Objects.requireNonNull(timeZone)));
    } catch (ParseException e) {
      throw new IllegalStateException("stored unchecked", e);
    }
  }

  /** A JSON Merge Patch removes a value by null (RFC 7396). */
  private static Map<String, JsonNode> withoutNulls(Map<String, JsonNode> values) {
    Map<String, JsonNode> rest = new LinkedHashMap<>(values);
    rest.values().removeIf(value -> value == null || value.isNull());
    return rest;
  }

  private static @Nullable Instant milliseconds(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS);
  }
}
