package org.mqttintegration.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.RequestValidator;
import org.mqttintegration.resource.Utf8String;
import org.mqttintegration.signal.SignalService;
import org.springframework.stereotype.Component;

/** Checks what a schedule shall be. */
@Component
class ScheduleCheck {

  static final String NO_SIGNAL = "There is no such signal.";

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int LONGEST_CRON = 200;
  private static final int LONGEST_TEXT = 1_000_000;

  /** Quartz has no instants before. */
  private static final Instant EARLIEST = Instant.parse("1970-01-02T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final RequestValidator validator;
  private final SignalService signals;

  ScheduleCheck(RequestValidator validator, SignalService signals) {
    this.validator = validator;
    this.signals = signals;
  }

  /** Throws all that is wrong. */
  ScheduleRequest check(@Nullable ScheduleRequest request) {
    return validator.check(
        request,
        (schedule, errors) -> {
          if (schedule.signalId() != null && !signals.exists(schedule.signalId())) {
            errors.add(new FieldError("signalId", NO_SIGNAL));
          }
          checkKind(schedule, errors);
          checkTimes(schedule, errors);
          add("every", schedule.every(), ScheduleCheck::intervalFault, errors);
          add("cron", schedule.cron(), ScheduleCheck::cronFault, errors);
          add("timeZone", schedule.timeZone(), ScheduleCheck::zoneFault, errors);
          add("values", schedule.values(), ScheduleCheck::valuesFault, errors);
        });
  }

  /** Whether a schedule fires no more, and would have at some time. */
  static boolean isOver(ScheduleEntity schedule, ScheduleTrigger trigger) {
    Instant start = Objects.requireNonNullElse(schedule.startAt, EARLIEST);
    return trigger.computeFirstFireTime(null) == null
        && Plans.trigger(schedule, start).computeFirstFireTime(null) != null;
  }

  /** Throws that it never fires; of a schedule whose parts are all right. */
  static void checkFires(ScheduleEntity schedule, ScheduleTrigger trigger) {
    if (trigger.computeFirstFireTime(null) != null) {
      return;
    }
    if (schedule.at != null) {
      throw ProblemException.invalid("at", "This has passed; it has to lie in the future.");
    }
    trigger.setEndTime(null);
    throw trigger.computeFirstFireTime(null) == null
        ? ProblemException.invalid("cron", "It never fires: no such time comes any more.")
        : ProblemException.invalid("endAt", "It never fires: its first time does not come before.");
  }

  private static void checkKind(ScheduleRequest schedule, List<FieldError> errors) {
    long kinds =
        Stream.of(schedule.at(), schedule.every(), schedule.cron())
            .filter(Objects::nonNull)
            .count();
    if (kinds != 1) {
      errors.add(
          new FieldError(
              kinds == 0 ? "at" : schedule.at() == null ? "every" : "at",
              "A schedule has exactly one of at, every and cron."));
    }
    if (schedule.timeZone() != null && schedule.cron() == null) {
      errors.add(new FieldError("timeZone", "Only a cron expression has a time zone."));
    }
    if (schedule.at() != null && schedule.startAt() != null) {
      errors.add(new FieldError("startAt", "What fires once has no start."));
    }
    if (schedule.at() != null && schedule.endAt() != null) {
      errors.add(new FieldError("endAt", "What fires once has no end."));
    }
  }

  private static void checkTimes(ScheduleRequest schedule, List<FieldError> errors) {
    add("at", schedule.at(), ScheduleCheck::timeFault, errors);
    add("startAt", schedule.startAt(), ScheduleCheck::timeFault, errors);
    add("endAt", schedule.endAt(), ScheduleCheck::timeFault, errors);
    if (schedule.startAt() != null
        && schedule.endAt() != null
        && !schedule.startAt().isBefore(schedule.endAt())) {
      errors.add(new FieldError("endAt", "The end has to be after the start."));
    }
  }

  private interface Fault<T> {
    @Nullable String of(T value);
  }

  private static <T> void add(
      String field, @Nullable T value, Fault<T> fault, List<FieldError> errors) {
    String message = value == null ? null : fault.of(value);
    if (message != null) {
      errors.add(new FieldError(field, message));
    }
  }

  private static @Nullable String timeFault(Instant time) {
    return time.isBefore(EARLIEST) || time.isAfter(LATEST)
        ? "An instant from %s to %s.".formatted(EARLIEST, LATEST)
        : null;
  }

  private static @Nullable String intervalFault(String interval) {
    try {
      Duration every = Duration.parse(interval);
      return every.compareTo(SHORTEST) < 0
              || every.compareTo(LONGEST) > 0
              || every.toNanosPart() != 0
          ? "An interval has whole seconds, from PT1S to P366D."
          : null;
    } catch (DateTimeParseException | ArithmeticException e) {
      return "An interval is an ISO 8601 duration such as PT30S, PT5M, PT12H or P1D.";
    }
  }

  private static @Nullable String cronFault(String cron) {
    return cron.length() > LONGEST_CRON
        ? "An expression has at most %d characters.".formatted(LONGEST_CRON)
        : CronFault.of(cron);
  }

  private static @Nullable String zoneFault(String zone) {
    try {
      ZoneId.of(zone);
      return null;
    } catch (DateTimeException e) {
      return "There is no such time zone; it is a region such as Europe/Berlin, or an offset such"
          + " as +02:00.";
    }
  }

  /** What the database's JSON does not take. */
  private static @Nullable String valuesFault(Map<String, JsonNode> values) {
    for (Map.Entry<String, JsonNode> value : values.entrySet()) {
      String fault = textFault(value.getKey());
      if (fault == null && value.getValue() != null) {
        fault = nodeFault(value.getValue());
      }
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static @Nullable String nodeFault(JsonNode node) {
    if (node.isTextual()) {
      return textFault(node.textValue());
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (textFault(field.getKey()) != null) {
        return textFault(field.getKey());
      }
    }
    for (JsonNode part : node) {
      String fault = nodeFault(part);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static @Nullable String textFault(String text) {
    return Utf8String.Validator.fault(text, LONGEST_TEXT);
  }
}
