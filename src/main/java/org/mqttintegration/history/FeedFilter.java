package org.mqttintegration.history;

import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.TopicFilter;

/**
 * Which received messages to read. What is null is not asked for.
 *
 * @param brokerId the broker's id
 * @param subscriptionId the subscription's id
 * @param topic a well-formed topic filter
 */
public record FeedFilter(
    @Nullable Long brokerId, @Nullable Long subscriptionId, @Nullable String topic) {

  /** Whether a message of those would be read. */
  public boolean leaves(long broker, @Nullable Long subscription, String name) {
    return (brokerId == null || brokerId == broker)
        && (subscriptionId == null || subscriptionId.equals(subscription))
        && (topic == null || TopicFilter.matches(topic, name));
  }
}
