package org.mqttintegration.broker;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ConnectionOptions;
import org.mqttintegration.resource.WriteOnly;
import org.mqttintegration.secret.SecretException;
import org.mqttintegration.secret.SecretName;
import org.mqttintegration.secret.Secrets;
import org.springframework.stereotype.Component;

/** The passwords and keys of brokers, which are among the secrets. */
@Component
class BrokerCredentials {

  static final String PASSWORD = "password";
  static final String CLIENT_KEY = "client-key";

  private static final String KIND = "broker";

  private final Secrets secrets;

  BrokerCredentials(Secrets secrets) {
    this.secrets = secrets;
  }

  static SecretName name(long id, String credential) {
    return new SecretName(KIND, Long.toString(id), credential);
  }

  /** How to connect to a broker, with its credentials. */
  ConnectionOptions options(BrokerEntity broker) {
    return broker.options(stored(broker));
  }

  /** All its connections by their keys, with its credentials. */
  Map<String, ConnectionOptions> connections(BrokerEntity broker) {
    return broker.connections(stored(broker));
  }

  private Credentials stored(BrokerEntity broker) {
    return new Credentials(read(broker.id(), PASSWORD), read(broker.id(), CLIENT_KEY));
  }

  boolean has(long id, String credential) {
    return secrets.has(name(id, credential));
  }

  /** The ids of the brokers that have one of that name. */
  Set<Long> owners(String credential) {
    return secrets.list(KIND).stream()
        .filter(secret -> secret.name().name().equals(credential))
        .map(secret -> Long.valueOf(secret.name().owner()))
        .collect(Collectors.toSet());
  }

  /** The fields of a request that give a broker other credentials, or take some away. */
  Set<String> changed(BrokerEntity broker, BrokerRequest request) {
    Set<String> fields = new TreeSet<>();
    if (differs(broker.id, PASSWORD, request.password())) {
      fields.add("password");
    }
    if (differs(broker.id, CLIENT_KEY, request.clientKey())) {
      fields.add("clientKey");
    }
    return fields;
  }

  /** Stores what a request says; in the transaction of the broker's row. */
  void apply(long id, BrokerRequest request) {
    apply(name(id, PASSWORD), request.password());
    apply(name(id, CLIENT_KEY), request.clientKey());
  }

  void remove(long id) {
    secrets.remove(name(id, PASSWORD));
    secrets.remove(name(id, CLIENT_KEY));
  }

  private @Nullable String read(long id, String credential) {
    return secrets.read(name(id, credential)).orElse(null);
  }

  private boolean differs(@Nullable Long id, String credential, @Nullable WriteOnly wanted) {
    if (wanted == null) {
      return false;
    }
    try {
      String stored = id == null ? null : read(id, credential);
      return !Objects.equals(stored, wanted.value());
    } catch (SecretException e) {
      return true; // what cannot be opened can be replaced
    }
  }

  private void apply(SecretName name, @Nullable WriteOnly wanted) {
    if (wanted != null && wanted.value() != null) {
      secrets.put(name, wanted.value());
    } else if (wanted != null) {
      secrets.remove(name);
    }
  }
}
