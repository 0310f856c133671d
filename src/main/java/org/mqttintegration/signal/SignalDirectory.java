package org.mqttintegration.signal;

import java.util.Optional;
import org.mqttintegration.activity.RecordDirectory;
import org.mqttintegration.activity.RecordKind;
import org.springframework.stereotype.Component;

/** Knows signals, for their stories. */
@Component
class SignalDirectory implements RecordDirectory {

  private final SignalRepository repository;

  SignalDirectory(SignalRepository repository) {
    this.repository = repository;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.SIGNAL;
  }

  @Override
  public Optional<String> name(String id) {
    return RecordDirectory.number(id).flatMap(repository::findById).map(signal -> signal.name);
  }
}
