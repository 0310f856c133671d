package org.mqttintegration.subscription;

import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.Filter;
import org.springframework.data.jpa.domain.Specification;

/**
 * Which subscriptions to list; null lets all through.
 *
 * @param brokerId the broker
 * @param topic a part of the topic filter, in upper or lower case
 */
public record SubscriptionFilter(@Nullable Long brokerId, @Nullable String topic) {

  Specification<SubscriptionEntity> specification() {
    return Specification.allOf(Filter.equal("brokerId", brokerId), Filter.contains("topic", topic));
  }
}
