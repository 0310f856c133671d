package org.mqttintegration.send;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import org.mqttintegration.resource.WireName;

/** How far a send is. All but the first two are outcomes, and final. */
@EnumNaming(CamelCaseStrategy.class)
public enum SendStatus {
  /** It waits: for those before it to its topic, for the broker, or for the next attempt. */
  QUEUED,
  /** It is with the broker, whose answer is awaited. */
  SENDING,
  /** The broker answered with PUBACK or PUBCOMP that it has it. */
  DELIVERED,
  /** It was written to the connection; QoS 0 has no answer. */
  HANDED_OVER,
  /** The broker refused it, or does not take such a message. */
  REFUSED,
  /** Its time was over before the broker had it. */
  EXPIRED,
  /** Every attempt that it had failed. */
  FAILED,
  /** Somebody cancelled it before it was sent. */
  CANCELLED;

  /** Whether nothing more happens to it. */
  public boolean isOutcome() {
    return this != QUEUED && this != SENDING;
  }

  /** Whether the message went out. */
  public boolean isSent() {
    return this == DELIVERED || this == HANDED_OVER;
  }

  String word() {
    return WireName.of(this);
  }
}
