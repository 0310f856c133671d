package org.mqttintegration.subscription;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.BrokerRemoved;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.broker.SharingChanged;
import org.mqttintegration.mqtt.ConnectionKey;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.mqtt.SubscriptionStatus;
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
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Brings the routes in line with the stored subscriptions: each one that is wanted has a route on
 * each connection that it is made on, and no other. Whatever changes a subscription commits first
 * and calls {@link #align} then; the last one to come finds the last state, in whichever order they
 * come.
 */
@Component
class ActiveSubscriptions {

  private static final Logger LOG = LoggerFactory.getLogger(ActiveSubscriptions.class);

  private final SubscriptionRepository repository;
  private final TemplatedRoutes routes;
  private final Map<Long, Made> running = new ConcurrentHashMap<>();
  private final MqttConnections connections;
  private final Places places;
  private final Serialised serialised = new Serialised();

  /**
   * What the routes of a subscription were made with.
   *
   * @param endpoints the endpoints by the ids of their routes
   */
  private record Made(long brokerId, boolean shared, Map<String, String> endpoints) {

    static final Made NONE = new Made(0, false, Map.of());

    boolean has(Map.Entry<String, String> route) {
      return route.getValue().equals(endpoints.get(route.getKey()));
    }
  }

  ActiveSubscriptions(
      SubscriptionRepository repository,
      TemplatedRoutes routes,
      MqttConnections connections,
      Places places) {
    this.connections = connections;
    this.repository = repository;
    this.routes = routes;
    this.places = places;
  }

  private Made routes(SubscriptionEntity subscription) {
    Map<String, String> endpoints = new LinkedHashMap<>();
    for (Places.Place place : places.of(subscription)) {
      String number = ConnectionKey.share(place.connection());
      String id = "subscription-" + subscription.id();
      endpoints.put(number.isEmpty() ? id : id + "-" + number, place.endpointUri());
    }
    return new Made(subscription.brokerId, subscription.shared, endpoints);
  }

  /**
   * Brings the wanted ones back before brokers connect; see {@link Brokers#CONNECT_ORDER}. They are
   * read together, and once more afterwards: meanwhile REST may have changed some, and its own
   * {@link #align} have come too early.
   */
  @EventListener(ApplicationReadyEvent.class)
  @Order(Brokers.CONNECT_ORDER - 1)
  void alignAll() {
    repository.findWanted().forEach(s -> attempt(s.id(), () -> bringBack(s)));
    try {
      alignAgain();
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("changes of subscriptions during the start not seen", e);
    }
  }

  private static void attempt(long id, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("subscription has no route subscriptionId={}", id, e);
    }
  }

  private void bringBack(SubscriptionEntity stored) {
    long id = stored.id();
    serialised.run(
        id,
        () -> {
          if (!running.containsKey(id)) { // else it was aligned after it was read
            change(id, routes(stored));
          }
        });
  }

  private void alignOther(SubscriptionEntity stored) {
    if (!routes(stored).equals(running.get(stored.id()))) {
      align(stored.id());
    }
  }

  /** The broker is gone, and its subscriptions with it. */
  @EventListener
  void on(BrokerRemoved removed) {
    running.forEach(
        (id, route) -> {
          if (route.brokerId() == removed.brokerId()) {
            attempt(id, () -> align(id));
          }
        });
  }

  /** Its shared subscriptions are spread otherwise. */
  @EventListener
  void on(SharingChanged changed) {
    running.forEach(
        (id, route) -> {
          if (route.brokerId() == changed.brokerId() && route.shared()) {
            attempt(id, () -> align(id));
          }
        });
  }

  /** Another node changed a subscription, or wants the broker to be asked anew. */
  @EventListener
  void on(Notice notice) {
    if (!notice.isOf(Notices.SUBSCRIPTION)) {
      return;
    }
    if (repository.findById(notice.id()).filter(this::hasFailed).isPresent()) {
      restart(notice.id());
    } else {
      align(notice.id());
    }
  }

  private boolean hasFailed(SubscriptionEntity subscription) {
    return places.of(subscription).stream()
        .flatMap(
            place ->
                connections.subscription(place.connection(), subscription.identifier()).stream())
        .anyMatch(status -> status.state() == SubscriptionStatus.State.FAILED);
  }

  /** Other nodes may have changed any. */
  @EventListener(NoticesMissed.class)
  void alignAgain() {
    Set<Long> ended = new HashSet<>(running.keySet());
    for (SubscriptionEntity wanted : repository.findWanted()) {
      ended.remove(wanted.id());
      attempt(wanted.id(), () -> alignOther(wanted));
    }
    ended.forEach(id -> attempt(id, () -> align(id)));
  }

  /** Adds, swaps or removes one route, after what is stored. Not inside a transaction. */
  void align(long id) {
    serialised.run(id, () -> change(id, wanted(id)));
  }

  /** Makes the route anew, so that the broker is asked again. */
  void restart(long id) {
    serialised.run(
        id,
        () -> {
          change(id, null);
          change(id, wanted(id));
        });
  }

  private @Nullable Made wanted(long id) {
    return repository.findById(id).filter(s -> s.wanted).map(this::routes).orElse(null);
  }

  private void change(long id, @Nullable Made wanted) {
    Made before = running.getOrDefault(id, Made.NONE);
    Made next = wanted == null ? Made.NONE : wanted;
    Map<String, String> now = new LinkedHashMap<>(before.endpoints());
    try {
      before.endpoints().entrySet().stream()
          .filter(route -> !next.has(route))
          .forEach(
              route -> {
                now.remove(route.getKey());
                routes.remove(route.getKey());
              });
      next.endpoints().entrySet().stream()
          .filter(route -> !before.has(route))
          .forEach(
              route -> {
                add(id, next.brokerId(), route.getKey(), route.getValue());
                now.put(route.getKey(), route.getValue());
              });
    } finally {
      if (now.isEmpty()) {
        running.remove(id);
      } else {
        Made of = wanted == null ? before : wanted;
        running.put(id, new Made(of.brokerId(), of.shared(), now));
      }
    }
  }

  private void add(long id, long brokerId, String routeId, String endpointUri) {
    routes.add(
        SubscriptionTemplate.ID,
        routeId,
        Map.of(
            SubscriptionTemplate.URI, endpointUri,
            SubscriptionTemplate.BROKER_ID, brokerId,
            SubscriptionTemplate.SUBSCRIPTION_ID, id));
  }
}
