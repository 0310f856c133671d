package org.mqttintegration.telemetry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A received message, as far as traces know it.
 *
 * @param historyId the id of its history entry
 * @param brokerId the broker that it came from
 * @param topic the Topic Name
 * @param receivedAt when it was received, in microseconds
 * @param traceparent what it brings along (W3C Trace Context), null for nothing
 */
public record TracedMessage(
    long historyId,
    long brokerId,
    String topic,
    Instant receivedAt,
    @Nullable String traceparent) {}
