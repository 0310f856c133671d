package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.mqtt.ScriptedBroker.Connection;
import org.mqttintegration.mqtt.ScriptedBroker.Packet;

/** What a broker sends, and how it is acknowledged. */
class ReceivingIT extends ConnectionFixture {

  @Test
  void
      given_messages_queued_by_a_resumed_session_when_they_come_with_the_connack_then_none_is_missed()
          throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onConnect(Connection connection, Packet packet) throws IOException {
            byte[][] segment = new byte[61][];
            segment[0] = BrokerPackets.connack(true, 0);
            for (int i = 1; i <= 60; i++) {
              segment[i] = BrokerPackets.publish("plant/a", 1, i, 3, text("m" + i));
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
      connection.send(BrokerPackets.publish("plant/a", qos, 9, 3, text("safe?")));
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
          BrokerPackets.publish("plant/a", 1, 9, 3, text("fails")),
          BrokerPackets.publish("plant/a", 1, 10, 3, text("works")));

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
      connection.send(BrokerPackets.publish("plant/a", 1, 9, 0, text("both")));

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

      broker.connections().get(0).send(BrokerPackets.publish("left/over", 1, 9, 77, text("x")));

      await().until(() -> broker.received(ScriptedBroker.PUBACK).size() == 1);
      assertThat(received).extracting(ReceivedMessage::topic).containsExactly("left/over");
    }
  }
}
