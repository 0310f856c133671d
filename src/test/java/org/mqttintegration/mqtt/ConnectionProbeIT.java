package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.mqtt.ConnectionCheck.Step;
import org.mqttintegration.mqtt.ConnectionCheck.StepName;
import org.mqttintegration.mqtt.ScriptedBroker.Connection;
import org.mqttintegration.mqtt.ScriptedBroker.Packet;

class ConnectionProbeIT {

  private final MqttConnections connections =
      Fixtures.connections(Fixtures.settings(), event -> {});
  private final ConnectionProbe probe = new ConnectionProbe(connections);

  @AfterEach
  void stop() {
    connections.stop();
  }

  @Test
  void given_a_broker_that_accepts_when_checked_then_each_step_succeeds_and_it_leaves_again()
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      ConnectionCheck check = probe.check(options(broker.uri()));

      assertThat(check.success()).isTrue();
      assertThat(check.steps())
          .extracting(Step::name)
          .containsExactly(StepName.RESOLVE, StepName.OUTBOUND, StepName.TCP, StepName.CONNACK);
      assertThat(check.steps()).allMatch(Step::success).allMatch(step -> step.millis() >= 0);
      byte[] connect = broker.received(ScriptedBroker.CONNECT).get(0).body();
      assertThat(new String(connect, StandardCharsets.ISO_8859_1))
          .as("a client identifier of its own")
          .doesNotContain("live-client");
      await().until(() -> broker.connections().get(0).isCut());
    }
  }

  @Test
  void given_a_name_that_does_not_resolve_when_checked_then_it_fails_there() {
    assertFailedAt(
        URI.create("mqtt://nowhere.invalid:1883"), StepName.RESOLVE, "cannot be resolved");
  }

  @Test
  void given_a_port_where_nobody_listens_when_checked_then_tcp_fails() throws Exception {
    URI gone;
    try (ScriptedBroker broker = new ScriptedBroker()) {
      gone = broker.uri();
    }

    assertFailedAt(gone, StepName.TCP, "Connection refused");
  }

  @Test
  void given_a_broker_without_tls_when_checked_with_mqtts_then_tls_fails() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      assertFailedAt(withScheme(broker, "mqtts"), StepName.TLS, "");
    }
  }

  @Test
  void given_a_broker_without_websocket_when_checked_with_ws_then_the_upgrade_fails()
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      assertFailedAt(withScheme(broker, "ws"), StepName.WEBSOCKET, "");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x85, 0x86, 0x87, 0x88, 0x9F})
  void given_a_broker_that_refuses_when_checked_then_connack_fails_with_its_reason_code(int code)
      throws Exception {
    try (ScriptedBroker broker =
        ScriptedBroker.answeringConnect(BrokerPackets.connack(false, code))) {
      assertFailedAt(broker.uri(), StepName.CONNACK, ReasonCode.describe(code));
    }
  }

  @Test
  void given_a_broker_that_says_nothing_when_checked_then_connack_fails_in_time() throws Exception {
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onConnect(Connection connection, Packet packet) {}
        }) {
      assertFailedAt(broker.uri(), StepName.CONNACK, "no answer in time");
    }
  }

  private void assertFailedAt(URI uri, StepName step, String reason) {
    ConnectionCheck check = probe.check(options(uri));

    assertThat(check.success()).isFalse();
    Step last = check.steps().get(check.steps().size() - 1);
    assertThat(last.name()).isEqualTo(step);
    assertThat(last.success()).isFalse();
    assertThat(last.detail()).contains(reason);
    assertThat(check.steps().subList(0, check.steps().size() - 1)).allMatch(Step::success);
    assertThat(check.message()).containsIgnoringCase(step.name()).contains(reason);
  }

  private static URI withScheme(ScriptedBroker broker, String scheme) {
    return URI.create(scheme + broker.uri().toString().substring("mqtt".length()));
  }

  private static ConnectionOptions options(URI uri) {
    return ConnectionOptions.of(uri, "live-client", Duration.ofSeconds(30), Duration.ofMillis(500));
  }
}
