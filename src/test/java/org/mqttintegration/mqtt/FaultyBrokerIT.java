package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.mqttintegration.mqtt.ScriptedBroker.Connection;
import org.mqttintegration.mqtt.ScriptedBroker.Packet;

/** Brokers that break the rules: the connection is made anew, or goes on, and nothing is lost. */
class FaultyBrokerIT extends ConnectionFixture {

  @Test
  void given_a_fixed_header_that_claims_256_mb_when_it_comes_then_it_is_refused_at_once()
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      openAndWait(broker.uri());

      broker.connections().get(0).send(new byte[] {0x30, -1, -1, -1, 0x7F});

      await().until(() -> broker.connections().size() == 2);
      assertThat(changes(State.CONNECTING))
          .anySatisfy(
              change -> assertThat(change.status().message()).contains("maximum packet size"));
    }
  }

  @Test
  void given_a_packet_that_ends_half_way_when_cut_then_its_message_is_not_handed_on()
      throws Exception {
    byte[] publish = BrokerPackets.publish("plant/a", 1, 1, 3, new byte[1_000]);
    try (ScriptedBroker broker = new ScriptedBroker()) {
      consume(3, "plant/#", done());
      openAndWait(broker.uri());
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);

      broker.connections().get(0).send(Arrays.copyOf(publish, 500));
      broker.connections().get(0).cut();

      await().until(() -> broker.received(ScriptedBroker.SUBSCRIBE).size() == 2);
      assertThat(received).isEmpty();
      broker.connections().get(1).send(publish);
      await().until(() -> received.size() == 1);
    }
  }

  @Test
  void given_a_message_that_comes_byte_by_byte_when_it_is_whole_then_it_is_handed_on()
      throws Exception {
    byte[] publish = BrokerPackets.publish("plant/a", 1, 1, 3, text("slow"));
    try (ScriptedBroker broker = new ScriptedBroker()) {
      consume(3, "plant/#", done());
      openAndWait(broker.uri());
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);

      for (byte octet : publish) {
        broker.connections().get(0).send(new byte[] {octet});
      }

      await().until(() -> broker.received(ScriptedBroker.PUBACK).size() == 1);
      assertThat(received).hasSize(1);
      assertThat(broker.connections()).hasSize(1);
    }
  }

  @Test
  void given_more_messages_than_the_receive_maximum_when_they_come_then_none_is_missed()
      throws Exception {
    int count = SessionOptions.DEFAULT.receiveMaximum() + 500;
    try (ScriptedBroker broker = new ScriptedBroker()) {
      consume(3, "plant/#", done());
      openAndWait(broker.uri());
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);

      broker
          .connections()
          .get(0)
          .send(
              IntStream.rangeClosed(1, count)
                  .mapToObj(i -> BrokerPackets.publish("plant/a", 1, i, 3, text("m" + i)))
                  .toArray(byte[][]::new));

      await().until(() -> broker.received(ScriptedBroker.PUBACK).size() == count);
      assertThat(received).hasSize(count);
    }
  }

  @Test
  void given_a_topic_alias_that_we_do_not_take_when_it_comes_then_nothing_is_handed_on_wrongly()
      throws Exception {
    // an empty topic with alias 1, which was never introduced
    byte[] publish = BrokerPackets.packet(0x32, new byte[] {0, 0, 0, 1, 3, 0x23, 0, 1, 'x'});
    try (ScriptedBroker broker = new ScriptedBroker()) {
      consume(3, "plant/#", done());
      openAndWait(broker.uri());
      awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);

      broker.connections().get(0).send(publish);
      broker.connections().get(0).send(BrokerPackets.publish("plant/a", 1, 2, 3, text("y")));

      await()
          .dontCatchUncaughtExceptions()
          .until(() -> received.size() == 1 || broker.connections().size() == 2);
      assertThat(received).allMatch(m -> m.topic().equals("plant/a"));
      assertThat(broker.received(ScriptedBroker.PUBACK))
          .noneMatch(puback -> puback.identifier() == 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void given_a_connack_that_is_missing_or_malformed_when_it_is_tried_then_it_is_tried_again(
      boolean missing) throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onConnect(Connection connection, Packet packet) throws IOException {
            if (connections().size() > 1) {
              super.onConnect(connection, packet);
            } else if (!missing) {
              connection.send(new byte[] {0x20, 3, 0, 0, 55});
            }
          }
        }) {
      Fixtures.open(
          connections,
          KEY,
          ConnectionOptions.of(
              broker.uri(), "test", Duration.ofSeconds(30), Duration.ofSeconds(1)));

      await().atMost(Duration.ofSeconds(20)).until(() -> broker.connections().size() > 1);
      await().until(() -> connections.status(KEY).state() == State.CONNECTED);
    }
  }
}
