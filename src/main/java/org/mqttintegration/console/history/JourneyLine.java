package org.mqttintegration.console.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * A step of a message's way, as people read it.
 *
 * @param step the step, by the contract's names
 * @param after how long after the first step it was; empty when nobody knows
 * @param took how long it took; empty when it took no time
 */
public record JourneyLine(Map<String, Object> step, String after, String took) {

  private static final double SECOND = 1_000;
  private static final double MINUTE = 60 * SECOND;
  private static final double TENTH = 0.1;

  static List<JourneyLine> of(List<Map<String, Object>> steps) {
    Instant first =
        steps.stream().map(JourneyLine::at).filter(Objects::nonNull).findFirst().orElse(null);
    return steps.stream().map(step -> line(step, first)).toList();
  }

  private static JourneyLine line(Map<String, Object> step, @Nullable Instant first) {
    Instant at = at(step);
    Object took = step.get("milliseconds");
    String after =
        at == null || first == null || at.equals(first)
            ? ""
            : "+ " + words(Duration.between(first, at).toNanos() / 1e6);
    return new JourneyLine(step, after, took == null ? "" : words(((Number) took).doubleValue()));
  }

  private static @Nullable Instant at(Map<String, Object> step) {
    Object at = step.get("at");
    return at == null ? null : Instant.parse(at.toString());
  }

  /** As exact as somebody wants to read it. */
  static String words(double millis) {
    if (millis < TENTH) {
      return "less than 0.1 ms";
    }
    if (millis < SECOND) {
      return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }
    if (millis < MINUTE) {
      return String.format(Locale.ROOT, "%.1f s", millis / SECOND);
    }
    Duration time = Duration.ofMillis((long) millis);
    return time.toHours() > 0
        ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
        : "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart());
  }

  /** The name of what was thrown, without its package. */
  public @Nullable String exception() {
    Object type = step.get("exception");
    return type == null ? null : type.toString().replaceFirst(".*\\.", "");
  }

  /** What a broker or we say of it; of an acceptance that is told in the line itself. */
  public @Nullable String said() {
    Object reason = "accepted".equals(step.get("what")) ? null : step.get("reason");
    return reason == null
        ? null
        : StringUtils.capitalize(reason.toString().replaceFirst("^handedOver", "handed over"));
  }

  /** The outcome in a word or two. */
  public String outcome() {
    return switch (String.valueOf(step.get("outcome"))) {
      case "done" -> "Done";
      case "failed" -> "Failed";
      case "waiting" -> "Waiting";
      default -> "Not known";
    };
  }
}
