package org.mqttintegration.broker;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mqttintegration.history.SentRecorder;
import org.mqttintegration.mqtt.ConnectionOptions;
import org.mqttintegration.mqtt.EndpointUri;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.node.Lease;
import org.mqttintegration.node.LeaseHolder;
import org.mqttintegration.node.Leases;
import org.mqttintegration.node.Notice;
import org.mqttintegration.node.Notices;
import org.mqttintegration.node.NoticesMissed;
import org.mqttintegration.resource.Serialised;
import org.mqttintegration.resource.TemplatedRoutes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Brings connections in line with the stored brokers: each one that is stored is wanted connected,
 * by one node, which has its lease.
 */
@Component
class BrokerConnections {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerConnections.class);

  /** How long what was received may take to be recorded when another node shall go on. */
  private static final Duration DRAIN = Duration.ofSeconds(3);

  private final BrokerRepository repository;
  private final BrokerCredentials credentials;
  private final MqttConnections connections;
  private final TemplatedRoutes routes;
  private final Leases leases;
  private final SentRecorder recorder;

  /** Those that are stored, as far as this node has seen. */
  private final Set<Long> wanted = ConcurrentHashMap.newKeySet();

  /** Those that this node has. */
  private final Map<Long, ConnectionOptions> open = new ConcurrentHashMap<>();

  private final Serialised serialised = new Serialised();

  BrokerConnections(
      BrokerRepository repository,
      BrokerCredentials credentials,
      MqttConnections connections,
      TemplatedRoutes routes,
      Leases leases,
      SentRecorder recorder) {
    this.leases = leases;
    this.recorder = recorder;
    this.repository = repository;
    this.credentials = credentials;
    this.connections = connections;
    this.routes = routes;
  }

  /** Wants connections to all brokers, last of all; see {@link Brokers#CONNECT_ORDER}. */
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

  /** Another node changed a broker. */
  @EventListener
  void on(Notice notice) {
    if (notice.isOf(Notices.BROKER)) {
      align(notice.id());
    }
  }

  /** Other nodes may have changed any. */
  @EventListener(NoticesMissed.class)
  void alignAll() {
    Set<Long> known = new HashSet<>(wanted);
    known.addAll(repository.findIds());
    known.forEach(this::align);
  }

  /** Wants a connection, changes it or gives it up, after what is stored. Not in a transaction. */
  void align(long id) {
    AtomicBoolean gone = new AtomicBoolean();
    serialised.run(
        id,
        () -> {
          Optional<ConnectionOptions> options = repository.findById(id).map(credentials::options);
          if (options.isPresent()) {
            want(id, options.get());
          } else {
            gone.set(wanted.contains(id));
            close(id);
          }
        });
    if (gone.get()) {
      leases.forget(lease(id)); // its holder may wait for the line above
    }
  }

  private void want(long id, ConnectionOptions options) {
    if (wanted.add(id)) {
      routes.add(
          UnmatchedTemplate.ID,
          routeId(id),
          Map.of(
              UnmatchedTemplate.URI,
              EndpointUri.unmatched(Brokers.connectionKey(id)),
              UnmatchedTemplate.BROKER_ID,
              id));
      leases.want(lease(id), new Holder(id));
    } else if (open.containsKey(id)) {
      open(id, options);
    }
  }

  private static String lease(long id) {
    return Lease.ofConnection(Brokers.connectionKey(id));
  }

  /** Has the connection open for as long as this node shall. */
  private final class Holder implements LeaseHolder {

    private final long id;

    private Holder(long id) {
      this.id = id;
    }

    @Override
    public void granted(Lease lease) {
      serialised.run(
          id,
          () ->
              repository
                  .findById(id)
                  .map(credentials::options)
                  .filter(options -> wanted.contains(id))
                  .ifPresent(options -> open(id, options)));
    }

    @Override
    public void leave(Lease lease) {
      serialised.run(
          id,
          () -> {
            if (open.remove(id) != null) {
              connections.handOver(
                  Brokers.connectionKey(id), lease.isLost() ? Duration.ZERO : DRAIN);
            }
          });
      if (!lease.isLost()) {
        recorder.awaitWritten(DRAIN);
      }
    }
  }

  private void open(long id, ConnectionOptions options) {
    if (!options.equals(open.put(id, options))) {
      connections.open(Brokers.connectionKey(id), options);
    }
  }

  private void close(long id) {
    if (wanted.remove(id)) {
      // the route first: a connection is forgotten when nothing consumes from it
      routes.remove(routeId(id));
      if (open.remove(id) != null) {
        connections.close(Brokers.connectionKey(id));
      }
    }
  }

  private static String routeId(long id) {
    return "unmatched-" + id;
  }
}
