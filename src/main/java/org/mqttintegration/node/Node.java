package org.mqttintegration.node;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node, as of one start of it.
 *
 * @param name its name
 * @param self whether it is the one that answers
 * @param state how it is doing
 * @param version the version that it runs
 * @param startedAt when it started
 * @param seenAt when it gave its last sign of life
 * @param stoppedAt when it ended; null while it runs, and when it did not say so
 * @param connections the ids of the brokers whose connections it has
 * @param sharedConnections the keys of those that it has of the connections which share the
 *     messages of shared subscriptions
 * @param routes the routes that receive on it, by their durable names, or else by their ids
 */
public record Node(
    String name,
    boolean self,
    NodeState state,
    String version,
    Instant startedAt,
    Instant seenAt,
    @Nullable Instant stoppedAt,
    List<Long> connections,
    List<String> sharedConnections,
    List<String> routes) {}
