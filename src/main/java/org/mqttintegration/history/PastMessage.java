package org.mqttintegration.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that was recorded elsewhere.
 *
 * @param direction whether it was sent or received
 * @param brokerId the broker's id
 * @param subscriptionId the id of the subscription that it came by, null when that is not known
 * @param signalId the id of the signal that it was sent for, null for none
 * @param topic its Topic Name
 * @param payload the payload, byte for byte
 * @param qos its QoS
 * @param retain the RETAIN flag
 * @param at when that was
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PastMessage(
    Direction direction,
    long brokerId,
    @Nullable Long subscriptionId,
    @Nullable Long signalId,
    String topic,
    byte[] payload,
    int qos,
    boolean retain,
    Instant at) {}
