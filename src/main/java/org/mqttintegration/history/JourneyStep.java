package org.mqttintegration.history;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a message, or that it waits for.
 *
 * @param what which sort of thing
 * @param at when it began, null when that is not known or not yet
 * @param milliseconds how long it took, null when it took no time or that is not known
 * @param outcome how it went
 * @param where the endpoint or topic, null for none
 * @param attempt which attempt it was, null when there is one only
 * @param failure why it failed, or what else is said of it
 * @param of the records that it has to do with
 */
public record JourneyStep(
    What what,
    @Nullable Instant at,
    @Nullable Double milliseconds,
    Outcome outcome,
    @Nullable String where,
    @Nullable Integer attempt,
    @JsonUnwrapped Reason failure,
    @JsonUnwrapped JourneyRecords of) {

  private static final double NANOS = 1_000_000;

  /** Which sort of step. */
  @EnumNaming(CamelCaseStrategy.class)
  public enum What {
    /** The application had the message from the broker. */
    RECEIVED,
    /** It was in the history. */
    COMMITTED,
    /** A route began to work on it. */
    ROUTE_BEGUN,
    /** A route called a target. */
    TARGET,
    /** A route was done with it. */
    ROUTE_ENDED,
    /** A dead letter was kept of it. */
    DEAD_LETTER,
    /** A dead letter of it was tried again. */
    DEAD_LETTER_RETRIED,
    /** A durable route has not come to it yet. */
    WAITS,
    /** Steps of a route were left out. */
    NOT_TRACED,
    /** A route made a message to send of it. */
    SEND_MADE,
    /** It was accepted, to be sent. */
    ACCEPTED,
    /** An attempt to publish it failed. */
    ATTEMPT,
    /** It was published. */
    PUBLISHED,
    /** Its sending had its outcome. */
    ANSWERED
  }

  /** How a step went. */
  @EnumNaming(CamelCaseStrategy.class)
  public enum Outcome {
    /** As it should. */
    DONE,
    /** It failed. */
    FAILED,
    /** It has not ended. */
    WAITING,
    /** Nobody knows. */
    UNKNOWN
  }

  /**
   * What is said of an outcome.
   *
   * @param reasonCode a broker's reason code
   * @param reason in words of ours or a broker's
   * @param exception the type of what was thrown
   * @param failureMessage what that says, which may have parts of the payload
   */
  public record Reason(
      @Nullable Integer reasonCode,
      @Nullable String reason,
      @Nullable String exception,
      @Nullable String failureMessage) {

    /** Nothing is said. */
    public static final Reason NONE = new Reason(null, null, null, null);

    /** Something was thrown. */
    public static Reason thrown(@Nullable String exception, @Nullable String message) {
      return new Reason(null, null, exception, message);
    }

    /** A broker answered, or we say. */
    public static Reason said(@Nullable Integer code, @Nullable String reason) {
      return new Reason(code, reason, null, null);
    }
  }

  /** A step that went as it should. */
  public static JourneyStep of(What what, @Nullable Instant at) {
    return new JourneyStep(
        what, at, null, Outcome.DONE, null, null, Reason.NONE, JourneyRecords.NONE);
  }

  /** It took so long. */
  public JourneyStep lasting(Duration time) {
    return new JourneyStep(what, at, time.toNanos() / NANOS, outcome, where, attempt, failure, of);
  }

  /** It went so. */
  public JourneyStep with(Outcome other, Reason reason) {
    return new JourneyStep(what, at, milliseconds, other, where, attempt, reason, of);
  }

  /** It was there. */
  public JourneyStep at(@Nullable String place) {
    return new JourneyStep(what, at, milliseconds, outcome, place, attempt, failure, of);
  }

  /** It was that attempt. */
  public JourneyStep attempt(@Nullable Integer number) {
    return new JourneyStep(what, at, milliseconds, outcome, where, number, failure, of);
  }

  /** It has to do with these. */
  public JourneyStep of(JourneyRecords records) {
    return new JourneyStep(what, at, milliseconds, outcome, where, attempt, failure, records);
  }
}
