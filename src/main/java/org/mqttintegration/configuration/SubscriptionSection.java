package org.mqttintegration.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mqttintegration.subscription.Subscription;
import org.mqttintegration.subscription.SubscriptionFilter;
import org.mqttintegration.subscription.SubscriptionRequest;
import org.mqttintegration.subscription.SubscriptionService;
import org.springframework.core.annotation.Order;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Component;

/** Subscriptions, by broker and topic filter. */
@Component
@Order(2)
class SubscriptionSection implements Section {

  private static final String TOPIC = "topic";
  private static final String SUBSCRIBED = "subscribed";
  private static final List<String> FIELDS =
      List.of(
          TOPIC,
          "qos",
          "noLocal",
          "retainAsPublished",
          "retainHandling",
          "shared",
          "historyRetention");

  private final SubscriptionService subscriptions;
  private final NamedBrokers brokers;
  private final ItemFields fields;

  SubscriptionSection(SubscriptionService subscriptions, NamedBrokers brokers, ItemFields fields) {
    this.subscriptions = subscriptions;
    this.brokers = brokers;
    this.fields = fields;
  }

  @Override
  public String name() {
    return ConfigurationDocument.SUBSCRIPTIONS;
  }

  @Override
  public List<StoredItem> stored() {
    Set<Long> wanted = subscriptions.wanted();
    List<Subscription> all =
        subscriptions
            .list(new SubscriptionFilter(null, null), Pageable.unpaged(Sort.by("id")))
            .items();
    Map<Long, String> names = brokers.of(all.stream().map(Subscription::brokerId).toList());
    return all.stream()
        .map(
            subscription -> {
              ObjectNode item = item(subscription, names, wanted.contains(subscription.id()));
              return new StoredItem(subscription.id(), key(item), item, false);
            })
        .toList();
  }

  @Override
  public ObjectNode read(long id) {
    Subscription subscription = subscriptions.get(id);
    return item(
        subscription, brokers.of(List.of(subscription.brokerId())), subscriptions.isWanted(id));
  }

  private ObjectNode item(Subscription subscription, Map<Long, String> names, boolean wanted) {
    ObjectNode item = fields.none();
    NamedBrokers.put(item, names, subscription.brokerId());
    return fields.asRead(fields.add(item, subscription, FIELDS).put(SUBSCRIBED, wanted));
  }

  @Override
  public String key(ObjectNode item) {
    return "%s @ %s"
        .formatted(ItemFields.text(item, TOPIC), ItemFields.text(item, NamedBrokers.FIELD));
  }

  @Override
  public long add(ObjectNode item) {
    ObjectNode request = ItemFields.copy(item);
    boolean wanted = ItemFields.take(request, SUBSCRIBED, true);
    long id = subscriptions.create(request(request)).id();
    if (wanted) {
      subscriptions.setWanted(id, true);
    }
    return id;
  }

  @Override
  public void replace(StoredItem stored, ObjectNode item) {
    ObjectNode request = ItemFields.copy(item);
    boolean wanted = ItemFields.take(request, SUBSCRIBED, true);
    subscriptions.replace(stored.id(), request(request));
    if (wanted != stored.fields().path(SUBSCRIBED).booleanValue()) {
      subscriptions.setWanted(stored.id(), wanted);
    }
  }

  private SubscriptionRequest request(ObjectNode request) {
    brokers.resolve(request);
    return fields.request(request, SubscriptionRequest.class);
  }

  @Override
  public void remove(long id) {
    subscriptions.delete(id);
  }
}
