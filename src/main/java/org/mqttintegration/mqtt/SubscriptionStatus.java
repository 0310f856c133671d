package org.mqttintegration.mqtt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the broker said of a subscription.
 *
 * @param state where it stands
 * @param since when it came there
 * @param grantedQos the QoS that the SUBACK granted (0 to 2), null before it and after a refusal
 * @param message why, for a person to read; null when there is nothing to say
 */
public record SubscriptionStatus(
    State state, Instant since, @Nullable Integer grantedQos, @Nullable String message) {

  /** Keeps microseconds, as the database does. */
  public SubscriptionStatus {
    since = since.truncatedTo(ChronoUnit.MICROS);
  }

  /** The states of a subscription. */
  public enum State {
    /** Waiting for the connection, or for the SUBACK. */
    SUBSCRIBING,
    /** The SUBACK granted it. */
    SUBSCRIBED,
    /** The SUBACK refused it, or did not come in time. */
    FAILED,
    /** Nobody wants it any more; told once, by the event. */
    UNSUBSCRIBED
  }
}
