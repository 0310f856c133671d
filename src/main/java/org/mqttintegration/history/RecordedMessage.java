package org.mqttintegration.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;

/**
 * A received message as the history has it.
 *
 * @param id its row's id
 * @param brokerId the broker that it came from
 * @param subscriptionId the subscription that asked for it, null when none did
 * @param timestamp when it was received, in microseconds
 * @param topic the Topic Name
 * @param payload the payload, byte for byte; empty when it is not stored
 * @param payloadOmitted why the payload is not stored, null when it is
 * @param qos the QoS it came with
 * @param retain the RETAIN flag
 * @param duplicate whether it was delivered before
 * @param properties its MQTT 5 properties
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RecordedMessage(
    long id,
    long brokerId,
    @Nullable Long subscriptionId,
    Instant timestamp,
    String topic,
    byte[] payload,
    @Nullable String payloadOmitted,
    int qos,
    boolean retain,
    boolean duplicate,
    MessageProperties properties) {

  /** Without topic, payload and properties. */
  @Override
  public String toString() {
    return "RecordedMessage[id=%d]".formatted(id);
  }
}
