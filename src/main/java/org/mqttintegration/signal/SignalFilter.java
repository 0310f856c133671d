package org.mqttintegration.signal;

import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.Filter;
import org.springframework.data.jpa.domain.Specification;

/**
 * Which signals to list; null lets all through.
 *
 * @param name a part of the name, in upper or lower case
 * @param brokerId the broker
 * @param subscriptionId the subscription
 */
public record SignalFilter(
    @Nullable String name, @Nullable Long brokerId, @Nullable Long subscriptionId) {

  Specification<SignalEntity> specification() {
    return Specification.allOf(
        Filter.contains("name", name),
        Filter.equal("brokerId", brokerId),
        Filter.equal("subscriptionId", subscriptionId));
  }
}
