package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.mqttintegration.mqtt.ScriptedBroker.Connection;
import org.mqttintegration.mqtt.ScriptedBroker.Packet;

/** Endpoints that share a connection, against a broker that misbehaves on purpose. */
class SharedConnectionIT {

  private static final String KEY = "7";

  private final Queue<ReceivedMessage> received = new ConcurrentLinkedQueue<>();
  private final List<Object> events = new ArrayList<>();
  private MqttConnections connections;
  private DefaultCamelContext camel;

  @BeforeEach
  void startCamel() {
    connections =
        Fixtures.connections(
            Fixtures.settings(),
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

  @Test
  void
      given_messages_queued_by_a_resumed_session_when_they_come_with_the_connack_then_none_is_missed()
          throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onConnect(Connection connection, Packet packet) throws IOException {
            byte[][] segment = new byte[61][];
            segment[0] = connack(true, 0);
            for (int i = 1; i <= 60; i++) {
              segment[i] = publish("plant/a", 1, i, 3, text("m" + i));
            }
            connection.send(segment);
          }
        }) {
      consume(3, "plant/#", done());
      open(broker.uri());

      await().until(() -> received.size() == 60);
      await().until(() -> broker.received(ScriptedBroker.PUBACK).size() == 60);
      assertThat(received)
          .extracting(m -> new String(m.payload(), StandardCharsets.UTF_8))
          .startsWith("m1", "m2", "m3")
          .endsWith("m60");
    }
  }

  @Test
  void given_many_endpoints_when_they_start_then_the_broker_sees_one_connection() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      for (int i = 1; i <= 50; i++) {
        consume(i, "plant/" + i, done());
      }
      open(broker.uri());

      await().until(() -> broker.received(ScriptedBroker.SUBSCRIBE).size() == 50);
      assertThat(broker.connections()).hasSize(1);
      for (int i = 1; i <= 50; i++) {
        awaitSubscription(i, SubscriptionStatus.State.SUBSCRIBED);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void given_an_exchange_that_is_not_done_when_it_waits_then_the_broker_hears_no_acknowledgement(
      int qos) throws Exception {
    CountDownLatch commit = new CountDownLatch(1);
    int acknowledgement = qos == 1 ? ScriptedBroker.PUBACK : ScriptedBroker.PUBREC;
    try (ScriptedBroker broker = new ScriptedBroker()) {
      consume(
          3,
          "plant/#",
          new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
              received.add(exchange.getProperty(MqttHeaders.RECEIVED, ReceivedMessage.class));
              new Thread(
                      () -> {
                        try {
                          commit.await();
                        } catch (InterruptedException e) {
                          exchange.setException(e);
                        }
                        callback.done(false);
                      })
                  .start();
              return false;
            }
          });
      open(broker.uri());
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);

      Connection connection = broker.connections().get(0);
      connection.send(ScriptedBroker.publish("plant/a", qos, 9, 3, text("safe?")));
      await().until(() -> received.size() == 1);
      // a PINGREQ goes the same way out, so that an early acknowledgement would stand before this
      // SUBSCRIBE
      consume(4, "other", done());
      awaitSubscription(4, SubscriptionStatus.State.SUBSCRIBED);
      assertThat(connection.received(acknowledgement)).isEmpty();

      commit.countDown();
      await().until(() -> connection.received(acknowledgement).size() == 1);
      assertThat(connection.received(acknowledgement).get(0).identifier()).isEqualTo(9);
      if (qos == 2) {
        await().until(() -> connection.received(ScriptedBroker.PUBCOMP).size() == 1);
      }
    }
  }

  @Test
  void given_an_exchange_that_fails_when_it_completes_then_the_message_stays_unacknowledged()
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      consume(
          3,
          "plant/#",
          exchange -> {
            if (received.isEmpty()) {
              received.add(exchange.getProperty(MqttHeaders.RECEIVED, ReceivedMessage.class));
              throw new IllegalStateException("not recorded");
            }
          });
      open(broker.uri());
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);

      Connection connection = broker.connections().get(0);
      connection.send(
          ScriptedBroker.publish("plant/a", 1, 9, 3, text("fails")),
          ScriptedBroker.publish("plant/a", 1, 10, 3, text("works")));

      await().until(() -> connection.received(ScriptedBroker.PUBACK).size() == 1);
      assertThat(connection.received(ScriptedBroker.PUBACK).get(0).identifier()).isEqualTo(10);
    }
  }

  @Test
  void
      given_a_message_that_two_subscriptions_match_when_it_comes_then_each_gets_it_and_one_puback_goes()
          throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      consume(3, "plant/#", done());
      consume(4, "+/a", done());
      open(broker.uri());
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);
      awaitSubscription(4, SubscriptionStatus.State.SUBSCRIBED);

      Connection connection = broker.connections().get(0);
      connection.send(ScriptedBroker.publish("plant/a", 1, 9, 0, text("both")));

      await().until(() -> received.size() == 2);
      await().until(() -> connection.received(ScriptedBroker.PUBACK).size() == 1);
    }
  }

  @Test
  void given_a_message_nobody_asked_for_when_there_is_an_unmatched_endpoint_then_it_gets_it()
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      consume(3, "plant/#", done());
      camel.addRoutes(route(EndpointUri.unmatched(KEY), "unmatched", done()));
      open(broker.uri());
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);

      broker.connections().get(0).send(ScriptedBroker.publish("left/over", 1, 9, 77, text("x")));

      await().until(() -> broker.received(ScriptedBroker.PUBACK).size() == 1);
      assertThat(received).extracting(ReceivedMessage::topic).containsExactly("left/over");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0x87, 0x8F, 0x97, 0x9E, 0xA1, 0xA2})
  void given_a_suback_that_refuses_when_it_comes_then_the_subscription_has_failed_with_the_reason(
      int code) throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onSubscribe(Connection connection, Packet packet) throws IOException {
            connection.send(answer(0x90, packet.identifier(), code));
          }
        }) {
      consume(3, "plant/#", done());
      open(broker.uri());

      SubscriptionStatus status = awaitSubscription(3, SubscriptionStatus.State.FAILED);
      assertThat(status.message()).contains(ReasonCode.describe(code));
      assertThat(status.grantedQos()).isNull();
    }
  }

  @Test
  void given_no_suback_when_the_limit_is_over_then_the_subscription_has_failed() throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onSubscribe(Connection connection, Packet packet) {}
        }) {
      consume(3, "plant/#", done());
      open(broker.uri());

      SubscriptionStatus status = awaitSubscription(3, SubscriptionStatus.State.FAILED);
      assertThat(status.message()).isEqualTo("no SUBACK: no answer in time");
    }
  }

  @Test
  void given_a_lower_grant_when_the_suback_comes_then_the_granted_qos_is_told() throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onSubscribe(Connection connection, Packet packet) throws IOException {
            connection.send(answer(0x90, packet.identifier(), 0));
          }
        }) {
      consume(3, "plant/#", done());
      open(broker.uri());

      assertThat(awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED).grantedQos()).isZero();
    }
  }

  @Test
  void given_a_subscription_when_it_subscribes_then_all_its_options_are_sent() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      camel.addRoutes(
          route(
              EndpointUri.subscription(
                  KEY, new SubscriptionOptions(5, "/a b/?&%{{x}}/+/ü", 1, true, true, 2)),
              "r",
              done()));
      open(broker.uri());

      await().until(() -> broker.received(ScriptedBroker.SUBSCRIBE).size() == 1);
      byte[] body = broker.received(ScriptedBroker.SUBSCRIBE).get(0).body();
      assertThat(new String(body, 2, body.length - 2, StandardCharsets.UTF_8))
          .contains("/a b/?&%{{x}}/+/ü");
      assertThat(body[2]).as("property length").isEqualTo((byte) 2);
      assertThat(new byte[] {body[3], body[4]}).as("identifier").containsExactly(0x0B, 5);
      assertThat(body[body.length - 1]).as("options").isEqualTo((byte) (2 << 4 | 8 | 4 | 1));
    }
  }

  @Test
  void given_a_lost_connection_when_it_comes_back_then_all_is_subscribed_again() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      consume(3, "plant/#", done());
      open(broker.uri());
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);

      broker.connections().get(0).cut();

      await().until(() -> broker.connections().size() == 2);
      await().until(() -> broker.received(ScriptedBroker.SUBSCRIBE).size() == 2);
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);
      broker.connections().get(1).send(ScriptedBroker.publish("plant/a", 1, 1, 3, text("again")));
      await().until(() -> received.size() == 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void given_a_connack_when_it_comes_then_listeners_hear_whether_the_session_was_present(
      boolean present) throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onConnect(Connection connection, Packet packet) throws IOException {
            connection.send(connack(present, 0));
          }
        }) {
      openAndWait(broker.uri());
      connections.close(KEY);

      await().until(() -> changes(State.DISCONNECTED).size() == 1);
      assertThat(changes(State.CONNECTED))
          .singleElement()
          .satisfies(
              change -> {
                assertThat(change.sessionPresent()).isEqualTo(present);
                assertThat(change.cleanStart()).isFalse();
              });
      assertThat(changes(State.CONNECTING)).isNotEmpty();
      assertThat(changes(State.CONNECTING)).allMatch(change -> change.sessionPresent() == null);
      assertThat(changes(State.DISCONNECTED)).allMatch(change -> change.sessionPresent() == null);
    }
  }

  @Test
  void given_a_subscription_that_ended_while_away_when_the_session_resumes_then_it_is_unsubscribed()
      throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onConnect(Connection connection, Packet packet) throws IOException {
            connection.send(connack(connections().size() > 1, 0));
          }
        }) {
      consume(3, "plant/#", done());
      open(broker.uri());
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);
      connections.connection(KEY).close(false);
      camel.getRouteController().stopRoute("s3");
      camel.removeRoute("s3");

      open(broker.uri());

      await().until(() -> broker.received(ScriptedBroker.UNSUBSCRIBE).size() == 1);
    }
  }

  @Test
  void given_a_subscription_when_it_changes_then_it_is_replaced_and_never_ended() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      consume(3, "plant/#", done());
      consume(4, "other", done());
      open(broker.uri());
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);

      camel.getRouteController().stopRoute("s3");
      camel.removeRoute("s3");
      consume(3, "plant/#", done());
      camel.getRouteController().stopRoute("s4");
      camel.removeRoute("s4");

      await().until(() -> !broker.received(ScriptedBroker.UNSUBSCRIBE).isEmpty());
      assertThat(broker.received(ScriptedBroker.UNSUBSCRIBE))
          .singleElement()
          .satisfies(
              p -> assertThat(new String(p.body(), StandardCharsets.UTF_8)).contains("other"));
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);
    }
  }

  @Test
  void given_a_connection_when_it_is_closed_then_the_broker_gets_a_disconnect_at_once()
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      openAndWait(broker.uri());

      connections.close(KEY);

      await().until(() -> broker.received(ScriptedBroker.DISCONNECT).size() == 1);
      byte[] body = broker.received(ScriptedBroker.DISCONNECT).get(0).body();
      assertThat(body).as("session expiry 0: the session ends").contains(0x11, 0, 0, 0, 0);
      assertThat(connections.status(KEY).state()).isEqualTo(State.DISCONNECTED);
    }
  }

  @Test
  void given_a_broker_that_is_not_there_when_it_comes_then_the_connection_is_made()
      throws Exception {
    URI uri;
    try (ScriptedBroker gone = new ScriptedBroker()) {
      uri = gone.uri();
    }
    consume(3, "plant/#", done());
    open(uri);
    await()
        .until(
            () ->
                connections.status(KEY).message() != null
                    && connections.status(KEY).message().contains("no connection"));
    assertThat(connections.status(KEY).state()).isEqualTo(State.CONNECTING);

    try (ScriptedBroker broker = new ScriptedBroker()) {
      open(broker.uri());
      await().until(() -> connections.status(KEY).state() == State.CONNECTED);
    }
  }

  @Test
  void given_a_refused_connack_when_it_comes_then_the_status_says_why() throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onConnect(Connection connection, Packet packet) throws IOException {
            connection.send(connack(false, 0x87));
          }
        }) {
      open(broker.uri());

      await()
          .untilAsserted(
              () ->
                  assertThat(connections.status(KEY).message()).contains("Not authorized (0x87)"));
      await().until(() -> broker.connections().size() >= 2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0x87, 0x97, 0x99})
  void given_a_puback_that_refuses_when_publishing_then_the_exchange_fails_with_the_code(int code)
      throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onPublish(Connection connection, Packet packet) throws IOException {
            connection.send(acknowledgement(0x40, packet.publishIdentifier(), code));
          }
        }) {
      openAndWait(broker.uri());

      Exchange exchange = publish(1);

      assertThat(exchange.getException())
          .isInstanceOfSatisfying(
              PublishException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(PublishException.Cause.REFUSED);
                assertThat(e.reasonCode()).isEqualTo(code);
              });
    }
  }

  @Test
  void given_a_pubrec_that_refuses_when_publishing_then_the_exchange_fails_with_the_code()
      throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onPublish(Connection connection, Packet packet) throws IOException {
            connection.send(acknowledgement(0x50, packet.publishIdentifier(), 0x97));
          }
        }) {
      openAndWait(broker.uri());

      Exchange exchange = publish(2);

      assertThat(exchange.getException())
          .isInstanceOfSatisfying(
              PublishException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(PublishException.Cause.REFUSED);
                assertThat(e.reasonCode()).isEqualTo(0x97);
              });
    }
  }

  @Test
  void given_no_matching_subscribers_when_publishing_then_the_reason_code_is_told()
      throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onPublish(Connection connection, Packet packet) throws IOException {
            connection.send(acknowledgement(0x40, packet.publishIdentifier(), 0x10));
          }
        }) {
      openAndWait(broker.uri());

      Exchange exchange = publish(1);

      assertThat(exchange.getException()).isNull();
      assertThat(exchange.getMessage().getHeader(MqttHeaders.REASON_CODE)).isEqualTo(0x10);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void given_no_puback_when_publishing_then_the_exchange_fails_within_the_limit(boolean cut)
      throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onPublish(Connection connection, Packet packet) throws IOException {
            if (cut) {
              connection.cut();
            }
          }
        }) {
      openAndWait(broker.uri());

      Exchange exchange = publish(1);

      assertThat(exchange.getException())
          .isInstanceOfSatisfying(
              PublishException.class,
              e -> assertThat(e.reason()).isEqualTo(PublishException.Cause.NO_ANSWER));
    }
  }

  @Test
  void given_no_connection_when_publishing_then_the_exchange_fails_at_once() {
    Exchange exchange = publish(1);

    assertThat(exchange.getException())
        .isInstanceOfSatisfying(
            PublishException.class,
            e -> assertThat(e.reason()).isEqualTo(PublishException.Cause.NOT_CONNECTED));
  }

  @Test
  void given_a_user_property_with_nul_when_it_kills_the_reader_then_the_connection_is_made_anew()
      throws Exception {
    byte[] property = {0x26, 0, 1, 0, 0, 1, 'v'};
    byte[] body = new byte[3 + 1 + property.length];
    body[1] = 1;
    body[2] = 'a';
    body[3] = (byte) property.length;
    System.arraycopy(property, 0, body, 4, property.length);
    try (ScriptedBroker broker = new ScriptedBroker()) {
      connections.open(KEY, Fixtures.options(broker.uri(), Duration.ofSeconds(1)));
      await()
          .dontCatchUncaughtExceptions()
          .until(() -> connections.status(KEY).state() == State.CONNECTED);

      broker.connections().get(0).send(ScriptedBroker.packet(0x30, body));

      await().dontCatchUncaughtExceptions().until(() -> broker.connections().size() >= 2);
    }
  }

  @Test
  void given_two_subscriptions_with_one_identifier_when_the_second_starts_then_it_is_refused()
      throws Exception {
    consume(3, "a", done());

    SubscriptionOptions second = new SubscriptionOptions(3, "b", 0, false, false, 0);
    assertThatThrownBy(() -> connections.connection(KEY).subscriptions().add(second, (m, a) -> {}))
        .hasMessageContaining("is in use");
  }

  private List<ConnectionChanged> changes(State state) {
    synchronized (events) {
      return events.stream()
          .filter(ConnectionChanged.class::isInstance)
          .map(ConnectionChanged.class::cast)
          .filter(change -> change.status().state() == state)
          .toList();
    }
  }

  private Processor done() {
    return exchange ->
        received.add(exchange.getProperty(MqttHeaders.RECEIVED, ReceivedMessage.class));
  }

  private void consume(int identifier, String filter, Processor processor) throws Exception {
    camel.addRoutes(
        route(
            EndpointUri.subscription(
                KEY, new SubscriptionOptions(identifier, filter, 2, false, false, 0)),
            "s" + identifier,
            processor));
  }

  private static RouteBuilder route(String uri, String id, Processor processor) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from(uri).routeId(id).process(processor);
      }
    };
  }

  private Exchange publish(int qos) {
    return camel
        .createProducerTemplate()
        .send(
            EndpointUri.publish(KEY),
            exchange -> {
              exchange.getIn().setBody(text("payload"));
              exchange
                  .getIn()
                  .setHeaders(
                      new java.util.HashMap<>(
                          Map.of(
                              PahoMqtt5Constants.CAMEL_PAHO_OVERRIDE_TOPIC,
                              "plant/a",
                              PahoMqtt5Constants.CAMEL_PAHO_MSG_QOS,
                              qos)));
            });
  }

  private void open(URI uri) {
    connections.open(KEY, Fixtures.options(uri));
  }

  private void openAndWait(URI uri) {
    open(uri);
    await().until(() -> connections.status(KEY).state() == State.CONNECTED);
  }

  private SubscriptionStatus awaitSubscription(int identifier, SubscriptionStatus.State state) {
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

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
