package org.mqttintegration.mqtt;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.mqttintegration.mqtt.ConnectionStatus.State;

/**
 * What tests of shared connections need: Camel with our endpoints, and a broker that does as told.
 */
abstract class ConnectionFixture {

  static final String KEY = "7";

  final Queue<ReceivedMessage> received = new ConcurrentLinkedQueue<>();
  final List<Object> events = new ArrayList<>();
  MqttConnections connections;
  DefaultCamelContext camel;

  @BeforeEach
  void startCamel() {
    connections =
        Fixtures.connections(
            settings(),
            event -> {
              synchronized (events) {
                events.add(event);
              }
            });
    camel = new DefaultCamelContext();
    camel.addComponent("paho-mqtt5", new SharedPahoComponent(camel, connections));
    camel.start();
  }

  @AfterEach
  void stopCamel() {
    connections.stop();
    camel.stop();
  }

  MqttSettings settings() {
    return Fixtures.settings();
  }

  List<ConnectionChanged> changes(State state) {
    synchronized (events) {
      return events.stream()
          .filter(ConnectionChanged.class::isInstance)
          .map(ConnectionChanged.class::cast)
          .filter(change -> change.status().state() == state)
          .toList();
    }
  }

  Processor done() {
    return exchange ->
        received.add(exchange.getProperty(MqttHeaders.RECEIVED, ReceivedMessage.class));
  }

  void consume(int identifier, String filter, Processor processor) throws Exception {
    consume(KEY, identifier, filter, "s" + identifier, processor);
  }

  void consume(String key, int identifier, String filter, String route, Processor processor)
      throws Exception {
    camel.addRoutes(
        route(
            EndpointUri.subscription(
                key, new SubscriptionOptions(identifier, filter, 2, false, false, 0)),
            route,
            processor));
  }

  static RouteBuilder route(String uri, String id, Processor processor) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from(uri).routeId(id).process(processor);
      }
    };
  }

  Exchange publish(int qos) {
    return publish(qos, false, text("payload"));
  }

  Exchange publish(int qos, boolean retain, byte[] payload) {
    return camel
        .createProducerTemplate()
        .send(
            EndpointUri.publish(KEY),
            exchange -> {
              Message in = exchange.getIn();
              in.setBody(payload);
              in.setHeader(PahoMqtt5Constants.CAMEL_PAHO_OVERRIDE_TOPIC, "plant/a");
              in.setHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_QOS, qos);
              in.setHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_RETAINED, retain);
            });
  }

  void open(URI uri) {
    Fixtures.open(connections, KEY, Fixtures.options(uri));
  }

  /** Opens a connection for a client, which is its key too. */
  void open(URI uri, String client) {
    Fixtures.open(connections, client, Fixtures.options(uri, client));
  }

  void openAndWait(URI uri) {
    open(uri);
    await().until(() -> connections.status(KEY).state() == State.CONNECTED);
  }

  SubscriptionStatus awaitSubscription(int identifier, SubscriptionStatus.State state) {
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(
            () ->
                connections
                    .subscription(KEY, identifier)
                    .filter(s -> s.state() == state)
                    .isPresent());
    return connections.subscription(KEY, identifier).orElseThrow();
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
