package org.mqttintegration.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.Broker;
import org.mqttintegration.broker.BrokerFilter;
import org.mqttintegration.broker.BrokerRequest;
import org.mqttintegration.broker.BrokerService;
import org.springframework.core.annotation.Order;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Component;

/** Brokers, by their names. Their credentials are named, and never told. */
@Component
@Order(1)
class BrokerSection implements Section {

  private static final List<String> FIELDS =
      List.of(
          "name",
          "urlScheme",
          "host",
          "port",
          "clientId",
          "username",
          "keepalive",
          "connectTimeout",
          "note",
          "cleanStart",
          "sessionExpiry",
          "receiveMaximum",
          "maximumPacketSize",
          "userProperties",
          "will",
          "webSocket",
          "tls",
          "sharedConnections");

  private final BrokerService brokers;
  private final ItemFields fields;
  private final SecretReferences secrets;

  BrokerSection(BrokerService brokers, ItemFields fields, SecretReferences secrets) {
    this.brokers = brokers;
    this.fields = fields;
    this.secrets = secrets;
  }

  @Override
  public String name() {
    return ConfigurationDocument.BROKERS;
  }

  @Override
  public List<StoredItem> stored() {
    BrokerFilter all = new BrokerFilter(null, null, null, null);
    return brokers.list(all, Pageable.unpaged(Sort.by("id"))).items().stream()
        .map(broker -> new StoredItem(broker.id(), broker.name(), item(broker), false))
        .toList();
  }

  @Override
  public ObjectNode read(long id) {
    return item(brokers.get(id));
  }

  private ObjectNode item(Broker broker) {
    ObjectNode item = fields.add(fields.none(), broker, FIELDS);
    if (broker.passwordSet()) {
      item.put(SecretReferences.PASSWORD, SecretReferences.password(broker.name()));
    }
    if (broker.clientKeySet()) {
      item.put(SecretReferences.CLIENT_KEY, SecretReferences.clientKey(broker.name()));
    }
    return fields.asRead(item);
  }

  @Override
  public String key(ObjectNode item) {
    return ItemFields.text(item, "name");
  }

  @Override
  public long add(ObjectNode item) {
    return brokers.create(request(null, item)).id();
  }

  @Override
  public void replace(StoredItem stored, ObjectNode item) {
    brokers.replace(stored.id(), request(stored, item));
  }

  @Override
  public void remove(long id) {
    brokers.delete(id, false);
  }

  @Override
  public Set<String> secrets(StoredItem stored, ObjectNode item) {
    return brokers.otherCredentials(stored.id(), request(stored, item));
  }

  private BrokerRequest request(@Nullable StoredItem stored, ObjectNode item) {
    ObjectNode request = ItemFields.copy(item);
    secrets.resolve(request, stored == null ? fields.none() : stored.fields());
    return fields.request(request, BrokerRequest.class);
  }
}
