package org.mqttintegration.signal;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message that was sent, and is in the history.
 *
 * @param signalId the signal, null when the message came from none
 * @param historyId its row in the history
 * @param topic the topic
 * @param qos the QoS
 * @param retain the RETAIN flag
 * @param sentAt when it was sent
 * @param outcome what is known of its delivery
 * @param reasonCode the broker's reason code, null for QoS 0
 * @param reason the reason code in the standard's words, null for QoS 0
 */
public record SendResult(
    @Nullable Long signalId,
    long historyId,
    String topic,
    int qos,
    boolean retain,
    Instant sentAt,
    Outcome outcome,
    @Nullable Integer reasonCode,
    @Nullable String reason) {

  /** What is known of a delivery. */
  @EnumNaming(CamelCaseStrategy.class)
  public enum Outcome {
    /** The broker accepted it, with PUBACK or PUBCOMP. */
    DELIVERED,
    /** It was written to the connection; QoS 0 has no answer. */
    HANDED_OVER
  }
}
