package org.mqttintegration.broker;

import java.util.Optional;
import org.mqttintegration.activity.RecordDirectory;
import org.mqttintegration.activity.RecordKind;
import org.springframework.stereotype.Component;

/** Knows brokers, for their stories. */
@Component
class BrokerDirectory implements RecordDirectory {

  private final BrokerRepository repository;

  BrokerDirectory(BrokerRepository repository) {
    this.repository = repository;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.BROKER;
  }

  @Override
  public Optional<String> name(String id) {
    return RecordDirectory.number(id).flatMap(repository::findById).map(broker -> broker.name);
  }
}
