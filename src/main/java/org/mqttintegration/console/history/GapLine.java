package org.mqttintegration.console.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.console.Answers;

/**
 * A time in which messages may have been missed, between the messages. Several that stand at the
 * same place for the same reason, as after a restart, are one.
 *
 * @param number the id of the first gap
 * @param order its place: where it is over
 * @param cause the contract's word for why
 * @param qos0 whether messages of QoS 1 and 2 were kept
 * @param from when it began at the earliest
 * @param to when it was over, null while it lasts
 * @param subscriptions whose messages
 */
record GapLine(
    long number,
    long order,
    String cause,
    boolean qos0,
    Instant from,
    @Nullable Instant to,
    List<Object> subscriptions)
    implements Line {

  /** Behind everything that can come; exact as a number of JavaScript. */
  private static final long NOW = 9_000_000_000_000_000L;

  private static final Map<String, String> REASONS =
      Map.of(
          "disconnected", "the connection was lost",
          "cleanStart", "the connection was lost, and it begins a new session each time",
          "sessionLost", "the connection was lost, and the broker did not keep the session",
          "applicationDown", "the application was not running",
          "qos0Dropped", "more messages of QoS 0 came than could be recorded");

  static GapLine of(Map<String, Object> gap) {
    Instant to = gap.get("to") == null ? null : Instant.parse(gap.get("to").toString());
    return new GapLine(
        Answers.number(gap, "id"),
        to == null ? NOW : Line.micros(to),
        Answers.text(gap, "cause"),
        "qos0".equals(gap.get("affects")),
        Instant.parse(Answers.text(gap, "from")),
        to,
        List.of(Answers.number(gap, "subscriptionId")));
  }

  @Override
  public String id() {
    return "gap" + number;
  }

  @Override
  public boolean message() {
    return false;
  }

  /** Why, in words. */
  public String reason() {
    return REASONS.getOrDefault(cause, cause);
  }

  boolean isLike(GapLine other) {
    return cause.equals(other.cause) && qos0 == other.qos0 && (to == null) == (other.to == null);
  }

  /** The two as one; this is the newer. */
  GapLine and(GapLine older) {
    List<Object> all = new ArrayList<>(subscriptions);
    older.subscriptions.stream().filter(one -> !all.contains(one)).forEach(all::add);
    Instant begin = older.from.isBefore(from) ? older.from : from;
    return new GapLine(number, order, cause, qos0, begin, to, all);
  }
}
