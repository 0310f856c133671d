package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.mqtt.ScriptedBroker.Connection;
import org.mqttintegration.mqtt.ScriptedBroker.Packet;

/**
 * What brokers answer to SUBSCRIBE and UNSUBSCRIBE, and what a connection that comes back asks for.
 */
class SubscribingIT extends ConnectionFixture {

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
  @ValueSource(ints = {0x80, 0x87, 0x8F, 0x97, 0x9E, 0xA1, 0xA2})
  void given_a_suback_that_refuses_when_it_comes_then_the_subscription_has_failed_with_the_reason(
      int code) throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.answeringSubscribe(code)) {
      consume(3, "plant/#", done());
      open(broker.uri());

      SubscriptionStatus status = awaitSubscription(3, SubscriptionStatus.State.FAILED);
      assertThat(status.message()).contains(ReasonCode.describe(code));
      assertThat(status.grantedQos()).isNull();
    }
  }

  @Test
  void given_no_suback_when_the_limit_is_over_then_it_has_failed_until_a_late_one_comes()
      throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onSubscribe(Connection connection, Packet packet) {}
        }) {
      consume(3, "plant/#", done());
      open(broker.uri());

      SubscriptionStatus status = awaitSubscription(3, SubscriptionStatus.State.FAILED);
      assertThat(status.message()).isEqualTo("no SUBACK: no answer in time");

      Connection connection = broker.connections().get(0);
      Packet subscribe = connection.received(ScriptedBroker.SUBSCRIBE).get(0);
      connection.send(BrokerPackets.answer(0x90, subscribe.identifier(), 1));
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);
    }
  }

  @Test
  void given_a_lower_grant_when_the_suback_comes_then_the_granted_qos_is_told() throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.answeringSubscribe(0)) {
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
      broker.connections().get(1).send(BrokerPackets.publish("plant/a", 1, 1, 3, text("again")));
      await().until(() -> received.size() == 1);
    }
  }

  @Test
  void given_a_subscription_that_ended_while_away_when_the_session_resumes_then_it_is_unsubscribed()
      throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onConnect(Connection connection, Packet packet) throws IOException {
            connection.send(BrokerPackets.connack(connections().size() > 1, 0));
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
  void given_two_subscriptions_with_one_identifier_when_the_second_starts_then_it_is_refused()
      throws Exception {
    consume(3, "a", done());

    SubscriptionOptions second = new SubscriptionOptions(3, "b", 0, false, false, 0);
    assertThatThrownBy(() -> connections.connection(KEY).subscriptions().add(second, (m, a) -> {}))
        .hasMessageContaining("is in use");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0x83, 0x87, 0x8F, 0x91, -1})
  void given_an_unsuback_that_refuses_or_is_missing_when_the_session_resumes_then_it_is_asked_again(
      int code) throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onConnect(Connection connection, Packet packet) throws IOException {
            connection.send(BrokerPackets.connack(true, 0));
          }

          @Override
          void onUnsubscribe(Connection connection, Packet packet) throws IOException {
            if (connections().size() > 1) {
              connection.send(BrokerPackets.answer(0xB0, packet.identifier(), 0x11));
            } else if (code >= 0) {
              connection.send(BrokerPackets.answer(0xB0, packet.identifier(), code));
            }
          }
        }) {
      connections.leave(KEY, List.of("left/over", "plant/#"));
      consume(3, "plant/#", done());
      open(broker.uri());
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);
      await().until(() -> broker.received(ScriptedBroker.UNSUBSCRIBE).size() == 1);

      broker.connections().get(0).cut();

      await().until(() -> ended().size() == 1);
      assertThat(broker.received(ScriptedBroker.UNSUBSCRIBE)).hasSize(2);
      assertThat(ended().get(0).topicFilter()).isEqualTo("left/over");
      broker.connections().get(1).cut();
      await().until(() -> broker.received(ScriptedBroker.SUBSCRIBE).size() == 3);
      assertThat(broker.received(ScriptedBroker.UNSUBSCRIBE)).as("no third time").hasSize(2);
    }
  }

  @Test
  void given_leftovers_when_the_session_is_a_new_one_then_nothing_is_unsubscribed()
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      connections.leave(KEY, List.of("left/over"));
      consume(3, "plant/#", done());

      open(broker.uri());

      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);
      assertThat(broker.received(ScriptedBroker.UNSUBSCRIBE)).isEmpty();
    }
  }

  @Test
  void given_a_shared_subscription_when_a_message_comes_with_its_identifier_then_it_gets_it()
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      consume(3, "$share/group/plant/+/t", done());
      open(broker.uri());
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);

      broker.connections().get(0).send(BrokerPackets.publish("plant/a/t", 1, 1, 3, text("x")));

      await().until(() -> received.size() == 1);
      assertThat(received.peek().subscriptionIdentifier()).isEqualTo(3);
      byte[] body = broker.received(ScriptedBroker.SUBSCRIBE).get(0).body();
      assertThat(new String(body, StandardCharsets.UTF_8)).contains("$share/group/plant/+/t");
      assertThat(body[body.length - 1] & 4).as("No Local").isZero();
    }
  }

  private List<FilterEnded> ended() {
    synchronized (events) {
      return events.stream()
          .filter(FilterEnded.class::isInstance)
          .map(FilterEnded.class::cast)
          .toList();
    }
  }
}
