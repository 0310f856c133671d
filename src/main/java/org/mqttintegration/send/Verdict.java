package org.mqttintegration.send;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.PublishException;
import org.mqttintegration.mqtt.ReasonCode;

/**
 * What an attempt to publish came to.
 *
 * @param next what that means for the send
 * @param status its outcome, if it has one now
 * @param reasonCode the broker's reason code, null without one
 * @param reason in words, null when all went well
 */
record Verdict(
    Next next, SendStatus status, @Nullable Integer reasonCode, @Nullable String reason) {

  /** Packet identifier in use, and Quota exceeded: another time it may go (MQTT 5, 3.4.2.1). */
  private static final Set<Integer> PASSING = Set.of(0x91, 0x97);

  /** Its time is over. */
  static final Verdict EXPIRED =
      new Verdict(
          Next.END, SendStatus.EXPIRED, null, "Its time was over before the broker had it.");

  /** Somebody cancelled it. */
  static final Verdict CANCELLED = new Verdict(Next.END, SendStatus.CANCELLED, null, null);

  /** What follows. */
  enum Next {
    /** It has its outcome. */
    END,
    /** It is published again, as long as it has attempts left. */
    RETRY,
    /** It was not published; that costs no attempt. */
    WAIT
  }

  /**
   * The broker's answer.
   *
   * @param code the reason code
   */
  static Verdict answered(int qos, int code) {
    if (qos == 0) {
      return new Verdict(Next.END, SendStatus.HANDED_OVER, null, null);
    }
    return new Verdict(Next.END, SendStatus.DELIVERED, code, ReasonCode.name(code));
  }

  /** It failed. */
  static Verdict failed(Throwable failure) {
    if (!(failure instanceof PublishException publish)) {
      return new Verdict(Next.RETRY, SendStatus.FAILED, null, "It could not be handed over.");
    }
    String reason = String.valueOf(publish.getMessage());
    return switch (publish.reason()) {
      case NOT_CONNECTED, BUSY -> new Verdict(Next.WAIT, SendStatus.QUEUED, null, reason);
      case NO_ANSWER -> new Verdict(Next.RETRY, SendStatus.FAILED, null, reason);
      case NOT_SUPPORTED ->
          new Verdict(Next.END, SendStatus.REFUSED, null, "The broker does not take it: " + reason);
      case REFUSED ->
          new Verdict(
              PASSING.contains(publish.reasonCode()) ? Next.RETRY : Next.END,
              PASSING.contains(publish.reasonCode()) ? SendStatus.FAILED : SendStatus.REFUSED,
              publish.reasonCode(),
              ReasonCode.name(publish.reasonCode()));
    };
  }
}
