package org.mqttintegration.subscription;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks subscriptions up, for the features that use them. */
@Component
public class KnownSubscriptions {

  private final SubscriptionRepository repository;

  KnownSubscriptions(SubscriptionRepository repository) {
    this.repository = repository;
  }

  /** The id of a broker's subscription with that topic filter, null when there is none. */
  public @Nullable Long idOf(long brokerId, String topic) {
    return repository
        .findByBrokerIdAndTopic(brokerId, topic)
        .map(SubscriptionEntity::id)
        .orElse(null);
  }
}
