package org.mqttintegration.configuration.odoo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.signal.Signal;
import org.mqttintegration.signal.SignalFilter;
import org.mqttintegration.signal.SignalService;
import org.mqttintegration.subscription.Subscription;
import org.mqttintegration.subscription.SubscriptionFilter;
import org.mqttintegration.subscription.SubscriptionService;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/**
 * Finds what a row of a file refers to: by external id, by database id, or by name. It knows what
 * was there when the file was begun.
 */
final class OdooRelations {

  private final Brokers brokers;
  private final @Nullable String defaultBroker;
  private final Map<String, Long> brokerIds;
  private final Map<String, Long> subscriptionIds;
  private final Map<String, Long> topicIds;
  private final Map<String, Long> signalIds;
  private final Map<Long, Subscription> subscriptions = new HashMap<>();
  private final Map<Long, Signal> signals = new HashMap<>();
  private final Map<String, Long> brokersByName = new HashMap<>();

  OdooRelations(
      OdooIds ids,
      Brokers brokers,
      SubscriptionService subscriptions,
      SignalService signals,
      @Nullable String defaultBroker) {
    this.brokers = brokers;
    this.defaultBroker = defaultBroker;
    this.brokerIds = ids.of(OdooModel.BROKER);
    this.subscriptionIds = ids.of(OdooModel.SUBSCRIPTION);
    this.topicIds = ids.of(OdooModel.TOPIC);
    this.signalIds = ids.of(OdooModel.SIGNAL);
    Pageable all = Pageable.unpaged(Sort.by("id"));
    subscriptions
        .list(new SubscriptionFilter(null, null), all)
        .items()
        .forEach(subscription -> this.subscriptions.put(subscription.id(), subscription));
    signals
        .list(new SignalFilter(null, null, null), all)
        .items()
        .forEach(signal -> this.signals.put(signal.id(), signal));
  }

  /** The broker of a row; the one that the request names where the row has none. */
  long broker(OdooRow row) {
    Long known = byId(row, "broker_id", brokerIds);
    if (known != null) {
      return known;
    }
    String name = name(row, "broker_id");
    if (name == null) {
      name = defaultBroker;
    }
    if (name == null) {
      throw ProblemException.invalid(
          "broker_id", "It names no broker; say which one it was with ?broker=<name>.");
    }
    Long id = brokersByName.computeIfAbsent(name, brokers::idOf);
    if (id == null) {
      throw ProblemException.invalid("broker_id", "There is no broker of that name.");
    }
    return id;
  }

  /** The subscription of a row, null when it has none. */
  @Nullable Subscription subscription(OdooRow row, long broker) {
    Long known = byId(row, "subscription_id", subscriptionIds);
    if (known != null) {
      return subscriptions.get(known);
    }
    String name = name(row, "subscription_id");
    return name == null ? null : named(subscriptions, broker, name);
  }

  /** Odoo's name of one has its topic at the end. */
  private static @Nullable Subscription named(
      Map<Long, Subscription> all, long broker, String name) {
    List<Subscription> found =
        all.values().stream()
            .filter(one -> one.brokerId() == broker)
            .filter(one -> name.equals(one.topic()) || name.endsWith(" " + one.topic()))
            .toList();
    return found.isEmpty() ? null : found.get(0);
  }

  /** The topic filter of a subscription, which later versions keep in a table of its own. */
  @Nullable String topic(OdooRow row) {
    Long known = byId(row, "topic_id", topicIds);
    Subscription subscription = known == null ? null : subscriptions.get(known);
    if (subscription != null) {
      return subscription.topic();
    }
    String name = name(row, "topic_id");
    return name != null ? name : row.text("topic");
  }

  /** The signal of a row, null when it has none. */
  @Nullable Signal signal(OdooRow row) {
    Long known = byId(row, "signal_id", signalIds);
    if (known != null) {
      return signals.get(known);
    }
    String name = name(row, "signal_id");
    return name == null
        ? null
        : signals.values().stream()
            .filter(signal -> signal.name().equals(name))
            .findFirst()
            .orElse(null);
  }

  private static @Nullable Long byId(OdooRow row, String field, Map<String, Long> ids) {
    Long external = ids.get(row.textOrEmpty(field + "/id"));
    return external != null ? external : ids.get("." + row.textOrEmpty(field + "/.id"));
  }

  private static @Nullable String name(OdooRow row, String field) {
    String name = row.text(field + "/name");
    return name != null ? name : row.text(field);
  }
}
