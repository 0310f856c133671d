package org.mqttintegration.configuration.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import org.mqttintegration.signal.Signal;
import org.mqttintegration.signal.SignalRequest;
import org.mqttintegration.signal.SignalService;
import org.mqttintegration.subscription.Subscription;
import org.mqttintegration.subscription.SubscriptionRequest;
import org.mqttintegration.subscription.SubscriptionService;
import org.springframework.stereotype.Component;

/**
 * Makes records of rows. One that came before, or has the same name, becomes as the row says; what
 * Odoo does not have of it stays.
 */
@Component
class OdooRecords {

  private static final Set<String> SUBSCRIBED = Set.of("subscribed", "subscribe", "subscribing");

  /** The columns that tell whether a subscription is wanted. */
  private static final Set<String> STATUS = Set.of("subscribed", "subscription_status", "status");

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
    ObjectNode fields =
        new OdooFields(row)
            .text("name", "name")
            .text("host", "host")
            .number("port", "port")
            .text("client_id", "clientId")
            .text("username", "username")
            .number("keepalive", "keepalive")
            .number("connect_timeout", "connectTimeout")
            .text("note", "note")
            .flag("clean_session", "cleanStart")
            .all();
    if (row.has("url_scheme")) {
      fields.put("urlScheme", scheme(row.text("url_scheme")));
    }
    if (row.text("password") != null) { // else what is stored stays
      fields.put("password", row.text("password"));
    }
    Long id = known != null ? known : names.idOf(row.needed("name"));
    return id == null
        ? new Made(brokers.create(request(fields, BrokerRequest.class)).id(), true)
        : new Made(brokers.patch(id, fields).id(), false);
  }

  /** Odoo has it as in {@code mqtt://}. */
  private static @Nullable String scheme(@Nullable String prefix) {
    return prefix == null ? null : prefix.replace("://", "").toLowerCase(Locale.ROOT);
  }

  /** A topic of later versions is what is subscribed to, once there is a subscription to it. */
  private Made topic(OdooRow row, @Nullable Long known, OdooRelations relations) {
    return put(row, known, relations.broker(row), row.needed("name"));
  }

  private Made subscription(OdooRow row, @Nullable Long known, OdooRelations relations) {
    String topic = relations.topic(row);
    if (topic == null) {
      throw ProblemException.invalid("topic", "It is needed.");
    }
    Made made = put(row, known, relations.broker(row), topic);
    boolean wanted = isSubscribed(row);
    if (STATUS.stream().anyMatch(row::has) && wanted != subscriptions.isWanted(made.id())) {
      subscriptions.setWanted(made.id(), wanted);
    }
    return made;
  }

  private static boolean isSubscribed(OdooRow row) {
    String status = row.text("subscription_status");
    String word = status == null ? row.textOrEmpty("status") : status;
    return row.flag("subscribed") || SUBSCRIBED.contains(word.toLowerCase(Locale.ROOT));
  }

  private Made put(OdooRow row, @Nullable Long known, long broker, String topic) {
    ObjectNode fields =
        new OdooFields(row)
            .number("qos", "qos")
            .flag("no_local_flag", "noLocal")
            .flag("retain_as_published_flag", "retainAsPublished")
            .number("retain_handling", "retainHandling")
            .all()
            .put("brokerId", broker)
            .put("topic", topic);
    Long id = known != null ? known : subscriptions.idOf(broker, topic);
    return id == null
        ? new Made(subscriptions.create(request(fields, SubscriptionRequest.class)).id(), true)
        : new Made(subscriptions.patch(id, fields).id(), false);
  }

  private Made signal(
      OdooRow row, @Nullable Long known, OdooRelations relations, Map<String, Integer> alike) {
    long broker = relations.broker(row);
    Subscription subscription = relations.subscription(row, broker);
    ObjectNode fields =
        new OdooFields(row)
            .text("topic", "topic")
            .text("payload", "payload")
            .flag("retain", "retain")
            .number("qos", "qos")
            .text("display_name", "name")
            .all()
            .put("brokerId", subscription == null ? broker : subscription.brokerId());
    if (row.refersTo("subscription_id")) {
      fields.put("subscriptionId", subscription == null ? null : subscription.id());
    }
    String name = name(row, subscription);
    Long id = known != null ? known : nth(fields.path("brokerId").asLong(), name, alike);
    if (id == null) {
      fields.put("name", name);
      return new Made(signals.create(request(fields, SignalRequest.class)).id(), true);
    }
    fit(fields, signals.get(id));
    return new Made(signals.patch(id, fields).id(), false);
  }

  /** Has the fields mean the same to a signal that is there, whose own ones stay. */
  private static void fit(ObjectNode fields, Signal stored) {
    if (fields.path("name").isNull()) {
      fields.remove("name"); // Odoo's is made up, or the topic; what it is called here is better
    }
    if (fields.path("payload").isTextual()) {
      byte[] payload = fields.path("payload").textValue().getBytes(StandardCharsets.UTF_8);
      fields.put("payload", stored.payloadEncoding().encode(payload));
    }
    JsonNode subscription = fields.path("subscriptionId");
    if (!fields.has("topic")
        && subscription.isNumber()
        && !Long.valueOf(subscription.longValue()).equals(stored.subscriptionId())) {
      fields.putNull("topic"); // Odoo has that of the subscription
    }
  }

  private static String name(OdooRow row, @Nullable Subscription subscription) {
    String shown = row.text("display_name");
    if (shown != null) {
      return shown;
    }
    String topic = row.text("topic");
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
