package org.mqttintegration.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
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
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Brings connections in line with the stored brokers: each one that is stored is wanted connected,
 * by one node, which has its lease; and so is each of those that share its messages.
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
  private final ApplicationEventPublisher events;

  /** The keys of those that are stored, as far as this node has seen, by their brokers. */
  private final Map<Long, Set<String>> wanted = new ConcurrentHashMap<>();

  /** How shared subscriptions were spread when that was seen last. */
  private final Map<Long, Sharing> sharings = new ConcurrentHashMap<>();

  /** Those that this node has. */
  private final Map<String, ConnectionOptions> open = new ConcurrentHashMap<>();

  private final Serialised serialised = new Serialised();
  private volatile boolean started;

  BrokerConnections(
      BrokerRepository repository,
      BrokerCredentials credentials,
      MqttConnections connections,
      TemplatedRoutes routes,
      Leases leases,
      SentRecorder recorder,
      ApplicationEventPublisher events) {
    this.events = events;
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
    started = true;
    alignEach(repository.findIds());
  }

  private void alignEach(Collection<Long> ids) {
    for (long id : ids) {
      try {
        align(id);
      } catch (RuntimeException e) {
        LOG.error("broker not opened brokerId={}", id, e);
      }
    }
  }

  /**
   * The keys of a broker's connections, its own and those that share, as far as they are wanted.
   */
  Set<String> keys(long id) {
    return wanted.getOrDefault(id, Set.of());
  }

  /** Another node changed a broker. */
  @EventListener
  void on(Notice notice) {
    if (notice.isOf(Notices.BROKER) && started) {
      align(notice.id());
    }
  }

  /** Other nodes may have changed any. */
  @EventListener(NoticesMissed.class)
  void alignAll() {
    if (!started) {
      return; // its subscriptions come first
    }
    Set<Long> known = new HashSet<>(wanted.keySet());
    known.addAll(repository.findIds());
    alignEach(known);
  }

  /**
   * Wants the connections to a broker, changes them or gives them up, after what is stored. Not in
   * a transaction.
   */
  void align(long id) {
    Set<String> gone = new HashSet<>();
    serialised.run(
        id,
        () -> {
          Optional<BrokerEntity> broker = repository.findById(id);
          Map<String, ConnectionOptions> stored =
              broker.map(credentials::connections).orElse(Map.of());
          Set<String> known = wanted.getOrDefault(id, Set.of());
          if (broker.isEmpty() && !known.isEmpty()) {
            events.publishEvent(new BrokerRemoved(id));
          }
          spread(id, broker.map(BrokerEntity::sharing).orElse(null));
          known.stream().filter(key -> !stored.containsKey(key)).forEach(gone::add);
          gone.forEach(key -> close(id, key));
          stored.forEach((key, options) -> want(id, key, options));
        });
    gone.forEach(key -> leases.forget(Lease.ofConnection(key))); // holders may wait for the above
  }

  /** While connections that no longer share are still there, and before others come. */
  private void spread(long id, @Nullable Sharing sharing) {
    Sharing before = sharing == null ? sharings.remove(id) : sharings.put(id, sharing);
    if (before != null && sharing != null && !before.equals(sharing)) {
      events.publishEvent(new SharingChanged(id));
    }
  }

  private void want(long id, String key, ConnectionOptions options) {
    if (!wanted.getOrDefault(id, Set.of()).contains(key)) {
      routes.add(
          UnmatchedTemplate.ID,
          routeId(key),
          Map.of(
              UnmatchedTemplate.URI, EndpointUri.unmatched(key), UnmatchedTemplate.BROKER_ID, id));
      wanted.computeIfAbsent(id, broker -> ConcurrentHashMap.newKeySet()).add(key);
      leases.want(Lease.ofConnection(key), new Holder(id, key));
    } else if (open.containsKey(key)) {
      open(key, options);
    }
  }

  /** Has a connection open for as long as this node shall. */
  private final class Holder implements LeaseHolder {

    private final long id;
    private final String key;

    private Holder(long id, String key) {
      this.id = id;
      this.key = key;
    }

    @Override
    public void granted(Lease lease) {
      serialised.run(
          id,
          () ->
              repository
                  .findById(id)
                  .map(broker -> credentials.connections(broker).get(key))
                  .filter(options -> wanted.getOrDefault(id, Set.of()).contains(key))
                  .ifPresent(options -> open(key, options)));
    }

    @Override
    public void leave(Lease lease) {
      serialised.run(
          id,
          () -> {
            if (open.remove(key) != null) {
              connections.handOver(key, lease.isLost() ? Duration.ZERO : DRAIN);
            }
          });
      if (!lease.isLost()) {
        recorder.awaitWritten(DRAIN);
      }
    }
  }

  private void open(String key, ConnectionOptions options) {
    if (!options.equals(open.put(key, options))) {
      connections.open(key, options, () -> mayConnect(key));
    }
  }

  /** A node that was cut off or frozen does not take the session from the one that goes on. */
  private boolean mayConnect(String key) {
    return leases.isValid(Lease.ofConnection(key)) || !leases.hasOthers();
  }

  private void close(long id, String key) {
    wanted.computeIfPresent(id, (broker, keys) -> keys.remove(key) && keys.isEmpty() ? null : keys);
    // the route first: a connection is forgotten when nothing consumes from it
    routes.remove(routeId(key));
    if (open.remove(key) != null) {
      connections.close(key);
    }
  }

  private static String routeId(String key) {
    return "unmatched-" + key;
  }
}
