package org.mqttintegration.subscription;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.BrokerRemoved;
import org.mqttintegration.broker.Brokers;
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
 * Brings the routes in line with the stored subscriptions: each one that is wanted has a route, and
 * no other. Whatever changes a subscription commits first and calls {@link #align} then; the last
 * one to come finds the last state, in whichever order they come.
 */
@Component
class ActiveSubscriptions {

  private static final Logger LOG = LoggerFactory.getLogger(ActiveSubscriptions.class);

  private final SubscriptionRepository repository;
  private final TemplatedRoutes routes;
  private final Map<Long, Route> running = new ConcurrentHashMap<>();
  private final MqttConnections connections;
  private final Serialised serialised = new Serialised();

  /** What the route of a subscription was made with. */
  private record Route(long brokerId, String endpointUri) {
    static Route of(SubscriptionEntity subscription) {
      return new Route(subscription.brokerId, subscription.endpointUri());
    }
  }

  ActiveSubscriptions(
      SubscriptionRepository repository, TemplatedRoutes routes, MqttConnections connections) {
    this.connections = connections;
    this.repository = repository;
    this.routes = routes;
  }

  /**
   * Brings the wanted ones back before brokers connect; see {@link Brokers#CONNECT_ORDER}. They are
   * read together, and once more afterwards: meanwhile REST may have changed some, and its own
   * {@link #align} have come too early.
   */
  @EventListener(ApplicationReadyEvent.class)
  @Order(Brokers.CONNECT_ORDER - 1)
  void alignAll() {
    List<SubscriptionEntity> stored = repository.findWanted();
    stored.forEach(s -> attempt(s.id(), () -> bringBack(s)));
    try {
      Map<Long, SubscriptionEntity> now =
          repository.findWanted().stream()
              .collect(Collectors.toMap(SubscriptionEntity::id, Function.identity()));
      stored.forEach(s -> attempt(s.id(), () -> alignChanged(s, now.get(s.id()))));
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
            change(id, Route.of(stored));
          }
        });
  }

  private void alignChanged(SubscriptionEntity before, @Nullable SubscriptionEntity now) {
    if (now == null || !Route.of(before).equals(Route.of(now))) {
      align(before.id());
    }
  }

  /** The broker is gone, and its subscriptions with it. */
  @EventListener
  void on(BrokerRemoved removed) {
    running.forEach(
        (id, route) -> {
          if (route.brokerId() == removed.brokerId()) {
            align(id);
          }
        });
  }

  /** Another node changed a subscription, or wants the broker to be asked anew. */
  @EventListener
  void on(Notice notice) {
    if (!notice.isOf(Notices.SUBSCRIPTION)) {
      return;
    }
    Route route = running.get(notice.id());
    boolean failed =
        route != null
            && connections
                .subscription(Brokers.connectionKey(route.brokerId()), (int) notice.id())
                .filter(status -> status.state() == SubscriptionStatus.State.FAILED)
                .isPresent();
    if (failed) {
      restart(notice.id());
    } else {
      align(notice.id());
    }
  }

  /** Other nodes may have changed any. */
  @EventListener(NoticesMissed.class)
  void alignAgain() {
    Set<Long> known = new HashSet<>(running.keySet());
    repository.findWanted().forEach(subscription -> known.add(subscription.id()));
    known.forEach(id -> attempt(id, () -> align(id)));
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

  private @Nullable Route wanted(long id) {
    return repository.findById(id).filter(s -> s.wanted).map(Route::of).orElse(null);
  }

  private void change(long id, @Nullable Route wanted) {
    Route current = running.get(id);
    if (current != null && !current.equals(wanted)) {
      running.remove(id);
      routes.remove(routeId(id));
    }
    if (wanted != null && !wanted.equals(current)) {
      routes.add(
          SubscriptionTemplate.ID,
          routeId(id),
          Map.of(
              SubscriptionTemplate.URI, wanted.endpointUri(),
              SubscriptionTemplate.BROKER_ID, wanted.brokerId(),
              SubscriptionTemplate.SUBSCRIPTION_ID, id));
      running.put(id, wanted);
    }
  }

  private static String routeId(long id) {
    return "subscription-" + id;
  }
}
