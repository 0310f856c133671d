package org.mqttintegration.signal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.PayloadEncoding;
import org.mqttintegration.send.PayloadFormat;
import org.mqttintegration.send.SendProperties;

/**
 * A signal as everybody may see it.
 *
 * @param id its id
 * @param name what people call it
 * @param brokerId the broker it is sent to
 * @param subscriptionId the subscription it belongs to, null for none
 * @param topic the topic it is published to
 * @param payload the payload
 * @param payloadEncoding how the payload is written here
 * @param payloadFormat what the payload is meant to be
 * @param retain the RETAIN flag
 * @param qos the QoS
 * @param properties its MQTT 5 properties, null when it has none
 * @param sendAt when it was sent last, null when it never was
 * @param displayName name and topic, for a person to read
 */
public record Signal(
    long id,
    String name,
    long brokerId,
    @Nullable Long subscriptionId,
    String topic,
    String payload,
    PayloadEncoding payloadEncoding,
    PayloadFormat payloadFormat,
    boolean retain,
    int qos,
    @Nullable SendProperties properties,
    @Nullable Instant sendAt,
    String displayName) {}
