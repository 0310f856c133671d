package org.mqttintegration.history;

import org.jspecify.annotations.Nullable;

/**
 * Which received messages to read. What is null is not asked for.
 *
 * @param brokerId the broker's id
 * @param subscriptionId the subscription's id
 * @param topic a well-formed topic filter
 */
public record FeedFilter(
    @Nullable Long brokerId, @Nullable Long subscriptionId, @Nullable String topic) {}
