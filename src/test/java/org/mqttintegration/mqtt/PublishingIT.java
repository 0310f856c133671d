package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.mqtt.ScriptedBroker.Connection;
import org.mqttintegration.mqtt.ScriptedBroker.Packet;

/** What brokers answer to PUBLISH. */
class PublishingIT extends ConnectionFixture {

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
}
