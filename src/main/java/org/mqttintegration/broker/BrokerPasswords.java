package org.mqttintegration.broker;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ConnectionOptions;
import org.mqttintegration.resource.WriteOnly;
import org.mqttintegration.secret.SecretException;
import org.mqttintegration.secret.SecretName;
import org.mqttintegration.secret.Secrets;
import org.springframework.stereotype.Component;

/** The passwords of brokers, which are among the secrets. */
@Component
class BrokerPasswords {

  private static final String KIND = "broker";

  private final Secrets secrets;

  BrokerPasswords(Secrets secrets) {
    this.secrets = secrets;
  }

  static SecretName name(long id) {
    return new SecretName(KIND, Long.toString(id), "password");
  }

  /** How to connect to a broker, with its password. */
  ConnectionOptions options(BrokerEntity broker) {
    return broker.options(secrets.read(name(broker.id())).orElse(null));
  }

  boolean has(long id) {
    return secrets.has(name(id));
  }

  /** The ids of the brokers that have one. */
  Set<Long> owners() {
    return secrets.list(KIND).stream()
        .map(secret -> Long.valueOf(secret.name().owner()))
        .collect(Collectors.toSet());
  }

  /** Whether a request gives a stored broker another password, or takes it away. */
  boolean differs(BrokerEntity broker, @Nullable WriteOnly password) {
    if (password == null || broker.id == null) {
      return false;
    }
    try {
      String stored = secrets.read(name(broker.id())).orElse(null);
      return !Objects.equals(stored, password.value());
    } catch (SecretException e) {
      return true; // what cannot be opened can be replaced
    }
  }

  /** Stores what a request says; in the transaction of the broker's row. */
  void apply(long id, @Nullable WriteOnly password) {
    if (password != null && password.value() != null) {
      secrets.put(name(id), password.value());
    } else if (password != null) {
      remove(id);
    }
  }

  void remove(long id) {
    secrets.remove(name(id));
  }
}
