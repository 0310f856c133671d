package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.eclipse.paho.mqttv5.common.packet.MqttConnect;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.mqtt.ConnectionStatus.State;

/** What reaches a broker in CONNECT. */
class ConnectIT {

  private final MqttConnections connections =
      Fixtures.connections(Fixtures.settings(), event -> {});

  @AfterEach
  void stop() {
    connections.stop();
  }

  @Test
  void given_every_option_when_connecting_then_connect_says_it() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MqttConnect connect = connect(broker, options(broker, 4_294_967_295L));

      assertThat(connect.isCleanStart()).isTrue();
      assertThat(connect.getUserName()).isEqualTo("user");
      assertThat(new String(connect.getPassword())).isEqualTo("secret");
      assertThat(connect.getKeepAliveInterval()).isEqualTo(17);
      assertThat(connect.getProperties().getSessionExpiryInterval()).isEqualTo(4_294_967_295L);
      assertThat(connect.getProperties().getReceiveMaximum() & 0xFFFF)
          .as("Paho reads it with a sign")
          .isEqualTo(65_535);
      assertThat(connect.getProperties().getMaximumPacketSize()).isEqualTo(268_435_460L);
      assertThat(connect.getProperties().getUserProperties())
          .extracting(UserProperty::getKey, UserProperty::getValue)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("n", "2"),
              org.assertj.core.groups.Tuple.tuple("a", ""),
              org.assertj.core.groups.Tuple.tuple("n", "1"));
      assertThat(connect.getWillDestination()).isEqualTo("gone");
      assertThat(connect.getWillMessage().getPayload()).containsExactly(0, -1);
      assertThat(connect.getWillMessage().getQos()).isEqualTo(2);
      assertThat(connect.getWillMessage().isRetained()).isTrue();
      assertThat(connect.getWillProperties().getWillDelayInterval()).isEqualTo(4_294_967_295L);
    }
  }

  @Test
  void given_nothing_special_when_connecting_then_the_session_persists() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MqttConnect connect = connect(broker, Fixtures.options(broker.uri()));

      assertThat(connect.isCleanStart()).isFalse();
      assertThat(connect.getProperties().getSessionExpiryInterval()).isEqualTo(604_800);
      assertThat(connect.getProperties().getReceiveMaximum()).isEqualTo(1_000);
      assertThat(connect.getProperties().getMaximumPacketSize()).isEqualTo(16_777_216);
      assertThat(connect.getProperties().getTopicAliasMaximum()).isNull();
      assertThat(connect.getWillMessage()).isNull();
    }
  }

  @Test
  void given_a_check_when_connecting_then_it_leaves_no_session_and_no_will() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      new ConnectionProbe(connections).check(options(broker, 60));

      MqttConnect connect = connect(broker);
      assertThat(connect.isCleanStart()).isTrue();
      assertThat(connect.getProperties().getSessionExpiryInterval()).isZero();
      assertThat(connect.getWillMessage()).isNull();
      assertThat(connect.getProperties().getUserProperties()).hasSize(3);
    }
  }

  private MqttConnect connect(ScriptedBroker broker, ConnectionOptions options) throws Exception {
    Fixtures.open(connections, "7", options);
    await().until(() -> connections.status("7").state() == State.CONNECTED);
    return connect(broker);
  }

  private static MqttConnect connect(ScriptedBroker broker) throws Exception {
    return new MqttConnect((byte) 0, broker.received(ScriptedBroker.CONNECT).get(0).body());
  }

  private static ConnectionOptions options(ScriptedBroker broker, long expiry) {
    return new ConnectionOptions(
        broker.uri(),
        "test",
        "user",
        "secret",
        Duration.ofSeconds(17),
        Duration.ofSeconds(2),
        new SessionOptions(
            true,
            expiry,
            65_535,
            268_435_460,
            List.of(property("n", "2"), property("a", ""), property("n", "1"))),
        new WillOptions("gone", new byte[] {0, -1}, 2, true, 4_294_967_295L),
        WebSocketOptions.DEFAULT,
        TlsOptions.DEFAULT);
  }

  private static org.mqttintegration.mqtt.UserProperty property(String name, String value) {
    return new org.mqttintegration.mqtt.UserProperty(name, value);
  }
}
