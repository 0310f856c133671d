package org.mqttintegration.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.signal.Signal;
import org.mqttintegration.signal.SignalFilter;
import org.mqttintegration.signal.SignalRequest;
import org.mqttintegration.signal.SignalService;
import org.mqttintegration.subscription.Subscription;
import org.mqttintegration.subscription.SubscriptionFilter;
import org.mqttintegration.subscription.SubscriptionService;
import org.springframework.core.annotation.Order;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Component;

/** Signals, by broker and name; where several have the same, by their number too. */
@Component
@Order(3)
class SignalSection implements Section {

  private static final String NAME = "name";
  private static final String SUBSCRIPTION = "subscription";
  private static final List<String> FIELDS =
      List.of(
          "topic", "payload", "payloadEncoding", "payloadFormat", "retain", "qos", "properties");

  private final SignalService signals;
  private final SubscriptionService subscriptions;
  private final NamedBrokers brokers;
  private final ItemFields fields;

  SignalSection(
      SignalService signals,
      SubscriptionService subscriptions,
      NamedBrokers brokers,
      ItemFields fields) {
    this.signals = signals;
    this.subscriptions = subscriptions;
    this.brokers = brokers;
    this.fields = fields;
  }

  @Override
  public String name() {
    return ConfigurationDocument.SIGNALS;
  }

  @Override
  public List<StoredItem> stored() {
    List<Signal> all =
        signals.list(new SignalFilter(null, null, null), Pageable.unpaged(Sort.by("id"))).items();
    Map<Long, String> names = brokers.of(all.stream().map(Signal::brokerId).toList());
    Map<Long, String> filters = filters();
    Map<String, Integer> alike = new HashMap<>();
    List<StoredItem> items = new ArrayList<>();
    for (Signal signal : all) {
      int number = alike.merge(signal.brokerId() + " " + signal.name(), 1, Integer::sum);
      ObjectNode item = item(signal, number, names, filters);
      items.add(new StoredItem(signal.id(), key(item), item, false));
    }
    return items;
  }

  private Map<Long, String> filters() {
    return subscriptions
        .list(new SubscriptionFilter(null, null), Pageable.unpaged(Sort.by("id")))
        .items()
        .stream()
        .collect(Collectors.toMap(Subscription::id, Subscription::topic));
  }

  @Override
  public ObjectNode read(long id) {
    Signal signal = signals.get(id);
    Long subscription = signal.subscriptionId();
    return item(
        signal,
        signals.idsOf(signal.brokerId(), signal.name()).indexOf(id) + 1,
        brokers.of(List.of(signal.brokerId())),
        subscription == null
            ? Map.of()
            : Map.of(subscription, subscriptions.get(subscription).topic()));
  }

  private ObjectNode item(
      Signal signal, int number, Map<Long, String> names, Map<Long, String> filters) {
    ObjectNode item = fields.none().put(NAME, signal.name());
    ItemFields.number(item, number);
    NamedBrokers.put(item, names, signal.brokerId());
    if (signal.subscriptionId() != null) {
      item.put(SUBSCRIPTION, filters.get(signal.subscriptionId()));
    }
    return fields.asRead(fields.add(item, signal, FIELDS));
  }

  @Override
  public String key(ObjectNode item) {
    return key(item, NAME, "number");
  }

  /** The key of a signal that an item names. */
  static String key(ObjectNode item, String name, String number) {
    return "%s @ %s%s"
        .formatted(
            ItemFields.text(item, name),
            ItemFields.text(item, NamedBrokers.FIELD),
            ItemFields.suffix(ItemFields.number(item, number)));
  }

  @Override
  public long add(ObjectNode item) {
    return signals.create(request(item)).id();
  }

  @Override
  public void replace(StoredItem stored, ObjectNode item) {
    signals.replace(stored.id(), request(item));
  }

  private SignalRequest request(ObjectNode item) {
    ObjectNode request = ItemFields.copy(item);
    request.remove("number");
    long broker = brokers.resolve(request);
    String filter = ItemFields.take(request, SUBSCRIPTION);
    if (filter != null) {
      Long subscription = subscriptions.idOf(broker, filter);
      if (subscription == null) {
        throw ProblemException.invalid(
            SUBSCRIPTION, "The broker has no subscription with that topic filter.");
      }
      request.put("subscriptionId", subscription);
    }
    return fields.request(request, SignalRequest.class);
  }

  @Override
  public void remove(long id) {
    signals.delete(id);
  }
}
