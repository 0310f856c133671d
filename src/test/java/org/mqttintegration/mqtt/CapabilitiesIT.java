package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.mqtt.PublishException.Cause;

/** What a broker says in CONNACK that it can do. */
class CapabilitiesIT extends ConnectionFixture {

  @Test
  void given_a_connack_with_properties_when_connected_then_all_are_told() throws Exception {
    assertThat(connections.capabilities(KEY)).isEmpty();
    try (ScriptedBroker broker =
        able(
            0x24, 1, 0x25, 0, 0x28, 0, 0x29, 0, 0x2A, 0, 0x21, 0xFF, 0xFE, 0x27, 0, 1, 0, 0, 0x22,
            0x80, 1, 0x11, 0xFF, 0xFF, 0xFF, 0xFE, 0x13, 0xEA, 0x60, 0x12, "given", 0x26, "n", "v",
            0x1F, "welcome")) {
      openAndWait(broker.uri());

      assertThat(connections.capabilities(KEY))
          .contains(
              new BrokerCapabilities(
                  1,
                  false,
                  false,
                  false,
                  false,
                  65_534,
                  65_536L,
                  32_769,
                  4_294_967_294L,
                  60_000,
                  "given"));
      assertThat(publish(1).getException()).as("a Receive Maximum above 32767").isNull();
    }
  }

  @Test
  void given_a_connack_without_properties_when_connected_then_the_broker_can_do_everything()
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      openAndWait(broker.uri());

      assertThat(connections.capabilities(KEY)).contains(BrokerCapabilities.ALL);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x28, plant/+, takes no topic filters with + or #",
    "0x28, #, takes no topic filters with + or #",
    "0x28, $share/g/a/#, takes no topic filters with + or #",
    "0x2A, $share/g/a, takes no shared subscriptions",
  })
  void given_a_filter_that_the_broker_does_not_take_when_wanted_then_it_fails_unasked(
      String capability, String filter, String reason) throws Exception {
    try (ScriptedBroker broker = able(Integer.decode(capability), 0)) {
      consume(3, filter, done());
      consume(4, "plant/a", done());
      open(broker.uri());

      awaitSubscription(4, SubscriptionStatus.State.SUBSCRIBED);
      assertThat(awaitSubscription(3, SubscriptionStatus.State.FAILED).message()).contains(reason);
      assertThat(broker.received(ScriptedBroker.SUBSCRIBE)).hasSize(1);
    }
  }

  @Test
  void given_no_subscription_identifiers_when_subscribed_then_messages_find_their_way_by_topic()
      throws Exception {
    try (ScriptedBroker broker = able(0x29, 0)) {
      consume(3, "$share/g/plant/#", done());
      open(broker.uri());
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);
      assertThat(broker.received(ScriptedBroker.SUBSCRIBE).get(0).body()[2])
          .as("no properties")
          .isZero();

      broker.connections().get(0).send(BrokerPackets.publish("plant/a", 1, 1, 0, text("x")));

      await().until(() -> received.size() == 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, false, 10, it takes at most QoS 1",
    "1, true, 10, it takes no retained messages",
    "1, false, 1000, 'it takes packets of at most 100 bytes, and this one has 1,015'",
    "0, false, 89, 'it takes packets of at most 100 bytes, and this one has 101'",
  })
  void given_a_message_that_the_broker_does_not_take_when_published_then_nothing_is_sent(
      int qos, boolean retain, int length, String reason) throws Exception {
    try (ScriptedBroker broker = able(0x24, 1, 0x25, 0, 0x27, 0, 0, 0, 100)) {
      openAndWait(broker.uri());

      Exchange exchange = publish(qos, retain, new byte[length]);

      assertThat(exchange.getException())
          .isInstanceOfSatisfying(
              PublishException.class,
              e -> {
                assertThat(e.reason()).isEqualTo(Cause.NOT_SUPPORTED);
                assertThat(e.getMessage()).isEqualTo(reason);
              });
      assertThat(publish(1, false, new byte[10]).getException()).isNull();
      assertThat(publish(0, false, new byte[88]).getException()).isNull();
      await().until(() -> broker.received(ScriptedBroker.PUBLISH).size() == 2);
      assertThat(broker.connections()).hasSize(1);
    }
  }

  private static ScriptedBroker able(Object... properties) throws IOException {
    return ScriptedBroker.answeringConnect(
        BrokerPackets.connack(false, 0, BrokerPackets.properties(properties)));
  }
}
