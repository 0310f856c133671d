package org.mqttintegration.broker;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.BrokerCapabilities;
import org.mqttintegration.mqtt.ConnectionOptions;
import org.mqttintegration.mqtt.ConnectionStatus;
import org.mqttintegration.mqtt.EndpointUri;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.resource.Serialised;
import org.mqttintegration.resource.TemplatedRoutes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Brings connections in line with the stored brokers: each one that is stored is wanted connected.
 */
@Component
class BrokerConnections {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerConnections.class);

  private final BrokerRepository repository;
  private final BrokerCredentials credentials;
  private final MqttConnections connections;
  private final TemplatedRoutes routes;
  private final Map<Long, ConnectionOptions> open = new ConcurrentHashMap<>();
  private final Serialised serialised = new Serialised();

  BrokerConnections(
      BrokerRepository repository,
      BrokerCredentials credentials,
      MqttConnections connections,
      TemplatedRoutes routes) {
    this.repository = repository;
    this.credentials = credentials;
    this.connections = connections;
    this.routes = routes;
  }

  /** Connects to all brokers, last of all; see {@link Brokers#CONNECT_ORDER}. */
  @EventListener(ApplicationReadyEvent.class)
  @Order(Brokers.CONNECT_ORDER)
  void connectAll() {
    for (long id : repository.findIds()) {
      try {
        align(id);
      } catch (RuntimeException e) {
        LOG.error("broker not opened brokerId={}", id, e);
      }
    }
  }

  /** Opens, changes or closes one connection, after what is stored. Not inside a transaction. */
  void align(long id) {
    serialised.run(
        id,
        () -> {
          Optional<ConnectionOptions> wanted = repository.findById(id).map(credentials::options);
          if (wanted.isPresent()) {
            open(id, wanted.get());
          } else {
            close(id);
          }
        });
  }

  ConnectionStatus status(long id) {
    return connections.status(Brokers.connectionKey(id));
  }

  @Nullable BrokerCapabilities capabilities(long id) {
    return connections.capabilities(Brokers.connectionKey(id)).orElse(null);
  }

  private void open(long id, ConnectionOptions wanted) {
    ConnectionOptions before = open.get(id);
    if (before == null) {
      routes.add(
          UnmatchedTemplate.ID,
          routeId(id),
          Map.of(
              UnmatchedTemplate.URI,
              EndpointUri.unmatched(Brokers.connectionKey(id)),
              UnmatchedTemplate.BROKER_ID,
              id));
    }
    if (!Objects.equals(before, wanted)) {
      connections.open(Brokers.connectionKey(id), wanted);
      open.put(id, wanted);
    }
  }

  private void close(long id) {
    if (open.remove(id) != null) {
      // the route first: a connection is forgotten when nothing consumes from it
      routes.remove(routeId(id));
      connections.close(Brokers.connectionKey(id));
    }
  }

  private static String routeId(long id) {
    return "unmatched-" + id;
  }
}
