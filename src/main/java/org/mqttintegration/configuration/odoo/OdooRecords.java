package org.mqttintegration.configuration.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.BrokerRequest;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.JsonFault;
import org.mqttintegration.signal.SignalRequest;
import org.mqttintegration.signal.SignalService;
import org.mqttintegration.subscription.Subscription;
import org.mqttintegration.subscription.SubscriptionRequest;
import org.mqttintegration.subscription.SubscriptionService;
import org.springframework.stereotype.Component;

/** Makes records of rows. One that came before, or has the same name, becomes as the row says. */
@Component
class OdooRecords {

  private static final Set<String> SUBSCRIBED = Set.of("subscribed", "subscribe", "subscribing");

  private final BrokerService brokers;
  private final Brokers names;
  private final SubscriptionService subscriptions;
  private final SignalService signals;
  private final ObjectMapper json;

  OdooRecords(
      BrokerService brokers,
      Brokers names,
      SubscriptionService subscriptions,
      SignalService signals,
      ObjectMapper json) {
    this.brokers = brokers;
    this.names = names;
    this.subscriptions = subscriptions;
    this.signals = signals;
    this.json = json;
  }

  /** What became of a row. */
  record Made(long id, boolean isNew) {}

  /**
   * Stores a row.
   *
   * @param known what it became before, null for nothing
   * @param alike counts rows of the file that have the same name
   */
  Made store(
      OdooModel model,
      OdooRow row,
      @Nullable Long known,
      OdooRelations relations,
      Map<String, Integer> alike) {
    return switch (model) {
      case BROKER -> broker(row, known);
      case TOPIC -> topic(row, known, relations);
      case SUBSCRIPTION -> subscription(row, known, relations);
      case SIGNAL -> signal(row, known, relations, alike);
      default -> throw new IllegalArgumentException(model.table());
    };
  }

  private Made broker(OdooRow row, @Nullable Long known) {
    ObjectNode fields = json.createObjectNode();
    fields.put("name", row.needed("name"));
    String scheme = row.values().getOrDefault("url_scheme", "mqtt");
    fields.put("urlScheme", scheme.replace("://", "").toLowerCase(Locale.ROOT));
    fields.put("host", row.needed("host"));
    fields.put("port", row.number("port"));
    fields.put("clientId", row.text("client_id"));
    fields.put("username", row.text("username"));
    if (row.text("password") != null) { // else what is stored stays
      fields.put("password", row.text("password"));
    }
    fields.put("keepalive", row.number("keepalive"));
    fields.put("connectTimeout", row.number("connect_timeout"));
    fields.put("note", row.text("note"));
    fields.put("cleanStart", row.flag("clean_session"));
    BrokerRequest request = request(fields, BrokerRequest.class);
    Long id = known != null ? known : names.idOf(row.needed("name"));
    return id == null
        ? new Made(brokers.create(request).id(), true)
        : new Made(brokers.replace(id, request).id(), false);
  }

  /** A topic of later versions is what is subscribed to, once there is a subscription to it. */
  private Made topic(OdooRow row, @Nullable Long known, OdooRelations relations) {
    return put(row, known, relations.broker(row), row.needed("name"), null);
  }

  private Made subscription(OdooRow row, @Nullable Long known, OdooRelations relations) {
    String topic = relations.topic(row);
    if (topic == null) {
      throw ProblemException.invalid("topic", "It is needed.");
    }
    return put(row, known, relations.broker(row), topic, isSubscribed(row));
  }

  private static boolean isSubscribed(OdooRow row) {
    String status =
        row.values().getOrDefault("subscription_status", row.values().getOrDefault("status", ""));
    return row.flag("subscribed") || SUBSCRIBED.contains(status.toLowerCase(Locale.ROOT));
  }

  private Made put(
      OdooRow row, @Nullable Long known, long broker, String topic, @Nullable Boolean wanted) {
    Long id = known != null ? known : subscriptions.idOf(broker, topic);
    Subscription before = id == null ? null : subscriptions.get(id);
    SubscriptionRequest request =
        new SubscriptionRequest(
            broker,
            topic,
            row.number("qos"),
            flag(row, "no_local_flag", before != null && before.noLocal()),
            flag(row, "retain_as_published_flag", before != null && before.retainAsPublished()),
            row.number("retain_handling") == null && before != null
                ? Integer.valueOf(before.retainHandling())
                : row.number("retain_handling"),
            before == null ? null : before.historyRetention(),
            before == null ? null : before.shared());
    long stored =
        id == null ? subscriptions.create(request).id() : subscriptions.replace(id, request).id();
    if (wanted != null && wanted != subscriptions.isWanted(stored)) {
      subscriptions.setWanted(stored, wanted);
    }
    return new Made(stored, id == null);
  }

  /** Later versions have these at the topic alone. */
  private static boolean flag(OdooRow row, String field, boolean absent) {
    return row.text(field) == null ? absent : row.flag(field);
  }

  private Made signal(
      OdooRow row, @Nullable Long known, OdooRelations relations, Map<String, Integer> alike) {
    Subscription subscription =
        row.text("broker_id") == null && row.text("broker_id/id") == null
            ? null
            : relations.subscription(row, relations.broker(row));
    long broker = subscription == null ? relations.broker(row) : subscription.brokerId();
    String topic = row.text("topic");
    String name = name(row, topic, subscription);
    SignalRequest request =
        new SignalRequest(
            name,
            broker,
            subscription == null ? null : subscription.id(),
            topic,
            row.text("payload"),
            null,
            null,
            row.flag("retain"),
            row.number("qos"),
            null);
    Long id = known != null ? known : nth(broker, name, alike);
    return id == null
        ? new Made(signals.create(request).id(), true)
        : new Made(signals.replace(id, request).id(), false);
  }

  private static String name(
      OdooRow row, @Nullable String topic, @Nullable Subscription subscription) {
    String shown = row.text("display_name");
    if (shown != null) {
      return shown;
    }
    return topic != null ? topic : subscription == null ? "Signal" : subscription.topic();
  }

  /** Odoo's signals may have one name; they are taken one after the other. */
  private @Nullable Long nth(long broker, String name, Map<String, Integer> alike) {
    List<Long> ids = signals.idsOf(broker, name);
    int number = alike.merge(broker + " " + name, 1, Integer::sum);
    return number <= ids.size() ? ids.get(number - 1) : null;
  }

  private <T> T request(ObjectNode fields, Class<T> type) {
    try {
      return json.readerFor(type).readValue(fields);
    } catch (JsonProcessingException e) {
      throw JsonFault.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the rows of a file. */
  static Map<String, Integer> counting() {
    return new HashMap<>();
  }
}
