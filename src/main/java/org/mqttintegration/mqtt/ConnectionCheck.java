package org.mqttintegration.mqtt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a connection check.
 *
 * @param success whether the broker accepted the connection
 * @param message the outcome in one sentence, with the reason code when the broker refused
 * @param steps the steps that were tried, in order; the last one is the one that failed, if any did
 */
public record ConnectionCheck(boolean success, String message, List<Step> steps) {

  /** What a check does, in order. */
  public enum StepName {
    RESOLVE,
    OUTBOUND,
    TCP,
    TLS,
    WEBSOCKET,
    CONNACK
  }

  /**
   * One step.
   *
   * @param name which
   * @param success whether it worked
   * @param millis how long it took
   * @param detail what it found (addresses, protocol, reason code), null when there is nothing to
   *     say
   */
  public record Step(StepName name, boolean success, double millis, @Nullable String detail) {}
}
