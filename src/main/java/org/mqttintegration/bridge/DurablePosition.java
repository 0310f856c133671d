package org.mqttintegration.bridge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a durable route is in the history.
 *
 * @param name the durable name
 * @param routeId the route that has the name now, null when none does
 * @param historyId the last history entry before which all is done
 * @param lag how many messages of the history are behind it, of all brokers and topics
 * @param lagSince when the oldest of them was recorded, about; null when there is none
 * @param waitingFor what keeps the route from going on, null when nothing does
 * @param updatedAt when the position was stored last
 */
public record DurablePosition(
    String name,
    @Nullable String routeId,
    long historyId,
    long lag,
    @Nullable Instant lagSince,
    @Nullable String waitingFor,
    Instant updatedAt) {}
