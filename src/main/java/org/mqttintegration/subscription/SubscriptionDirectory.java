package org.mqttintegration.subscription;

import java.util.Optional;
import org.mqttintegration.activity.RecordDirectory;
import org.mqttintegration.activity.RecordKind;
import org.springframework.stereotype.Component;

/** Knows subscriptions, for their stories. */
@Component
class SubscriptionDirectory implements RecordDirectory {

  private final SubscriptionRepository repository;

  SubscriptionDirectory(SubscriptionRepository repository) {
    this.repository = repository;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.SUBSCRIPTION;
  }

  @Override
  public Optional<String> name(String id) {
    return RecordDirectory.number(id)
        .flatMap(repository::findById)
        .map(subscription -> subscription.topic);
  }
}
