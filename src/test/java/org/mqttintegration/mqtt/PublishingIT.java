package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.mqtt.PublishException.Cause;
import org.mqttintegration.mqtt.ScriptedBroker.Connection;
import org.mqttintegration.mqtt.ScriptedBroker.Packet;

/** What brokers answer to PUBLISH. */
class PublishingIT extends ConnectionFixture {

  private static final int PUBACK = 0x40;
  private static final int PUBREC = 0x50;

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0x87, 0x97, 0x99})
  void given_a_puback_that_refuses_when_publishing_then_the_exchange_fails_with_the_code(int code)
      throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.answeringPublish(PUBACK, code)) {
      openAndWait(broker.uri());

      assertFailed(publish(1), Cause.REFUSED, code);
    }
  }

  @Test
  void given_a_pubrec_that_refuses_when_publishing_then_the_exchange_fails_with_the_code()
      throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.answeringPublish(PUBREC, 0x97)) {
      openAndWait(broker.uri());

      assertFailed(publish(2), Cause.REFUSED, 0x97);
    }
  }

  @Test
  void given_no_matching_subscribers_when_publishing_then_the_reason_code_is_told()
      throws Exception {
    try (ScriptedBroker broker = ScriptedBroker.answeringPublish(PUBACK, 0x10)) {
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

      assertFailed(publish(1), Cause.NO_ANSWER, 0);
    }
  }

  @Test
  void given_a_disconnect_with_a_code_when_an_answer_is_awaited_then_the_message_is_not_refused()
      throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onPublish(Connection connection, Packet packet) throws IOException {
            connection.send(BrokerPackets.disconnect(0x87));
          }
        }) {
      openAndWait(broker.uri());

      assertFailed(publish(1), Cause.NO_ANSWER, 0);
      await().until(() -> broker.connections().size() == 1 && !isConnected());
      assertThat(connections.status(KEY).message()).contains("Not authorized");
    }
  }

  @Test
  void given_as_many_in_flight_as_the_broker_takes_when_publishing_then_it_is_busy()
      throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onConnect(Connection connection, Packet packet) throws IOException {
            connection.send(BrokerPackets.connack(false, 0, BrokerPackets.properties(0x21, 0, 1)));
          }

          @Override
          void onPublish(Connection connection, Packet packet) {}
        }) {
      openAndWait(broker.uri());
      CompletableFuture<Exchange> first = CompletableFuture.supplyAsync(() -> publish(1));
      await().until(() -> broker.received(ScriptedBroker.PUBLISH).size() == 1);

      assertFailed(publish(1), Cause.BUSY, 0);
      assertFailed(publish(2), Cause.BUSY, 0);
      assertFailed(first.join(), Cause.NO_ANSWER, 0);
    }
  }

  @Test
  void given_a_message_in_flight_when_one_of_qos_0_is_published_then_its_answer_is_its_own()
      throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onPublish(Connection connection, Packet packet) throws IOException {
            if (packet.qos() == 0) {
              Packet first = received(PUBLISH).get(0);
              connection.send(
                  BrokerPackets.acknowledgement(
                      PublishingIT.PUBACK, first.publishIdentifier(), 0x10));
            }
          }
        }) {
      openAndWait(broker.uri());
      CompletableFuture<Exchange> first = CompletableFuture.supplyAsync(() -> publish(1));
      await().until(() -> broker.received(ScriptedBroker.PUBLISH).size() == 1);

      assertThat(publish(0).getException()).isNull();

      assertThat(first.join().getException()).isNull();
      assertThat(first.join().getMessage().getHeader(MqttHeaders.REASON_CODE)).isEqualTo(0x10);
    }
  }

  @Test
  void given_a_broker_that_takes_aliases_when_publishing_then_each_message_has_its_topic()
      throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onConnect(Connection connection, Packet packet) throws IOException {
            connection.send(BrokerPackets.connack(false, 0, BrokerPackets.properties(0x22, 0, 9)));
          }
        }) {
      openAndWait(broker.uri());
      assertThat(publish(1).getException()).isNull();
      assertThat(publish(1).getException()).isNull();

      assertThat(broker.received(ScriptedBroker.PUBLISH))
          .hasSize(2)
          .allSatisfy(
              publish -> {
                int topic = (publish.body()[0] & 0xFF) << 8 | (publish.body()[1] & 0xFF);
                assertThat(topic).as("bytes of the topic").isPositive();
                assertThat(publish.body()[2 + topic + 2]).as("bytes of properties").isZero();
              });
    }
  }

  private boolean isConnected() {
    return connections.status(KEY).state() == ConnectionStatus.State.CONNECTED;
  }

  @Test
  void given_no_connection_when_publishing_then_the_exchange_fails_at_once() {
    assertFailed(publish(1), Cause.NOT_CONNECTED, 0);
  }

  private static void assertFailed(Exchange exchange, Cause cause, int reasonCode) {
    assertThat(exchange.getException())
        .isInstanceOfSatisfying(
            PublishException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(cause);
              assertThat(e.reasonCode()).isEqualTo(reasonCode);
            });
  }
}
