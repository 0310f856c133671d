package org.mqttintegration.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;

/**
 * A message that a broker accepted.
 *
 * @param brokerId the broker's id
 * @param signalId the signal's id, null when no signal stands behind the message
 * @param topic the Topic Name it was published to
 * @param payload the payload, byte for byte; not to be changed afterwards
 * @param qos the QoS it was published with
 * @param retain the RETAIN flag
 * @param properties its MQTT 5 properties
 * @param sentAt when it was sent; stored in microseconds
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SentMessage(
    long brokerId,
    @Nullable Long signalId,
    String topic,
    byte[] payload,
    int qos,
    boolean retain,
    MessageProperties properties,
    Instant sentAt) {}
