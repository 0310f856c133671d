package org.mqttintegration.mqtt;

import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The connections to brokers, by a key that whoever opens one chooses. */
@Component
public class MqttConnections {

  /**
   * Opens a connection, or makes it anew when its options changed. Returns at once: a supervisor
   * connects, and again whenever the connection is lost, until {@link #close}. Consumers may
   * register before.
   */
  public void open(String key, ConnectionOptions options) {}

  /** Disconnects, for good. Returns when the DISCONNECT is written, or after a short limit. */
  public void close(String key) {}

  /** How a connection is doing; DISCONNECTED when there is none of that key. */
  public ConnectionStatus status(String key) {
    return new ConnectionStatus(ConnectionStatus.State.DISCONNECTED, Instant.EPOCH, null);
  }

  /**
   * What the broker said of a subscription; empty when no endpoint with that identifier is started.
   */
  public Optional<SubscriptionStatus> subscription(String key, int identifier) {
    return Optional.empty();
  }
}
