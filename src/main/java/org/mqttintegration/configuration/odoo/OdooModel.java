package org.mqttintegration.configuration.odoo;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.mqttintegration.problem.ProblemException;

/** The tables that can be taken over, with the labels that their fields have in Odoo. */
enum OdooModel {
  BROKER(
      "mqtt.broker",
      Map.ofEntries(
          Map.entry("Broker Name", "name"),
          Map.entry("URI scheme", "url_scheme"),
          Map.entry("Host", "host"),
          Map.entry("Port", "port"),
          Map.entry("Client ID", "client_id"),
          Map.entry("Username", "username"),
          Map.entry("Password", "password"),
          Map.entry("Keepalive (s)", "keepalive"),
          Map.entry("Connect Timeout (s)", "connect_timeout"),
          Map.entry("Clean Session", "clean_session"),
          Map.entry("Note", "note"))),
  TOPIC(
      "mqtt.topic",
      Map.of(
          "Name", "name",
          "Broker", "broker_id",
          "QoS", "qos",
          "No Local Flag", "no_local_flag",
          "Retain as Published Flag", "retain_as_published_flag",
          "Retain handling", "retain_handling")),
  SUBSCRIPTION(
      "mqtt.subscription",
      Map.ofEntries(
          Map.entry("MQTT Broker", "broker_id"),
          Map.entry("Broker", "broker_id"),
          Map.entry("Topic", "topic"),
          Map.entry("QoS", "qos"),
          Map.entry("No Local Flag", "no_local_flag"),
          Map.entry("Retain as Published Flag", "retain_as_published_flag"),
          Map.entry("Retain handling", "retain_handling"),
          Map.entry("Subscribed", "subscribed"),
          Map.entry("Subscription Status", "subscription_status"),
          Map.entry("Status", "status"))),
  SIGNAL(
      "mqtt.signal",
      Map.of(
          "Display Name", "display_name",
          "MQTT Broker", "broker_id",
          "Broker", "broker_id",
          "MQTT Subscription", "subscription_id",
          "Subscription", "subscription_id",
          "Topic", "topic",
          "Payload", "payload",
          "Retain", "retain",
          "QoS", "qos")),
  SIGNAL_HISTORY("mqtt.signal.history", history("signal_id", "Signal", "MQTT Signal")),
  MESSAGE_HISTORY(
      "mqtt.message.history", history("subscription_id", "Subscription", "MQTT Subscription"));

  private static final String ID = "id";

  private final String table;
  private final Map<String, String> labels;

  OdooModel(String table, Map<String, String> labels) {
    this.table = table;
    this.labels = labels;
  }

  private static Map<String, String> history(String relation, String label, String longer) {
    return Map.ofEntries(
        Map.entry(label, relation),
        Map.entry(longer, relation),
        Map.entry("Broker", "broker_id"),
        Map.entry("Topic", "topic"),
        Map.entry("Payload", "payload"),
        Map.entry("Format Payload", "format_payload"),
        Map.entry("QoS", "qos"),
        Map.entry("Retain", "retain"),
        Map.entry("Direction", "direction"),
        Map.entry("Timestamp", "timestamp"));
  }

  /** Its name in Odoo. */
  String table() {
    return table;
  }

  /** The table that has what becomes of its rows, where those are records. */
  String records() {
    return switch (this) {
      case BROKER -> "broker";
      case TOPIC, SUBSCRIPTION -> "subscription";
      case SIGNAL -> "signal";
      case SIGNAL_HISTORY, MESSAGE_HISTORY -> throw new IllegalStateException(table);
    };
  }

  boolean isHistory() {
    return this == SIGNAL_HISTORY || this == MESSAGE_HISTORY;
  }

  static OdooModel of(String table) {
    return Arrays.stream(values())
        .filter(model -> model.table.equals(table))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    "model",
                    Arrays.stream(values())
                        .map(OdooModel::table)
                        .collect(Collectors.joining(", ", "One of ", "."))));
  }

  /**
   * The field that a column is of, whether it is headed by names or by labels: {@code id}, {@code
   * .id} and {@code name} stand behind relations for what they are known by.
   */
  String field(String header) {
    String[] parts = header.strip().split("/", 2);
    String first = part(labels.getOrDefault(parts[0].strip(), parts[0].strip()));
    return parts.length == 1 ? first : first + "/" + behind(parts[1].strip());
  }

  private static String part(String name) {
    return switch (name) {
      case "External ID" -> ID;
      case "ID" -> "." + ID;
      default -> name;
    };
  }

  private static String behind(String name) {
    String known = part(name);
    return known.equals(ID) || known.equals("." + ID) ? known : "name";
  }
}
