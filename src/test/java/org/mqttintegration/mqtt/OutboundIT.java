package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.mqtt.ConnectionCheck.Step;
import org.mqttintegration.mqtt.ConnectionCheck.StepName;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.mqttintegration.outbound.OutboundOfTests;

/** Which addresses of brokers are connected to. Our brokers listen at 127.0.0.1 only. */
class OutboundIT {

  private static final String KEY = "7";
  private static final String NAME = "broker.test";
  private static final String ELSEWHERE = "127.0.0.2";
  private static final String HERE = "127.0.0.1";

  private MqttConnections connections;

  @AfterEach
  void stop() {
    connections.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqtt", "mqtts", "ws", "wss"})
  void given_a_denied_address_when_checked_then_the_step_says_the_rule_and_nothing_is_connected(
      String scheme) throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      begin(OutboundOfTests.with(Map.of("deny", "127.0.0.0/8")));

      ConnectionCheck check =
          new ConnectionProbe(connections).check(Fixtures.options(broker.uri(scheme)));

      assertThat(check.success()).isFalse();
      assertThat(check.message()).startsWith("OUTBOUND: ").contains("deny has 127.0.0.0/8");
      assertThat(check.steps())
          .extracting(Step::name)
          .containsExactly(StepName.RESOLVE, StepName.OUTBOUND);
      assertThat(check.steps().get(1).detail())
          .contains(HERE, "mqtt-integration.outbound.deny has 127.0.0.0/8");
      assertThat(broker.connections()).isEmpty();
    }
  }

  @Test
  void given_a_denied_address_when_opened_then_the_status_says_the_rule_and_that_it_goes_on_trying()
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      begin(OutboundOfTests.with(Map.of("allow", "192.0.2.0/24")));

      open(broker.uri());

      awaitMessage("mqtt-integration.outbound.allow does not have it");
      assertThat(connections.status(KEY).message()).contains("the next attempt is in");
      assertThat(broker.connections()).isEmpty();
    }
  }

  @Test
  void given_a_name_that_resolves_to_loopback_on_the_second_look_up_when_opened_then_it_is_refused()
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      begin(OutboundOfTests.with(Map.of("deny", HERE)).name(NAME, ELSEWHERE, HERE));

      open(named(broker));

      awaitMessage("mqtt-integration.outbound.deny has " + HERE);
      assertThat(broker.connections()).isEmpty();
    }
  }

  @Test
  void given_a_name_that_moves_to_a_denied_address_when_connected_again_then_it_is_refused()
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      begin(OutboundOfTests.with(Map.of("deny", ELSEWHERE)).name(NAME, HERE, ELSEWHERE));
      open(named(broker));
      await().until(() -> connections.status(KEY).state() == State.CONNECTED);

      broker.connections().get(0).cut();

      awaitMessage(ELSEWHERE + ":" + broker.uri().getPort() + " (broker.test) must not be");
      assertThat(broker.connections()).hasSize(1);
    }
  }

  @Test
  void given_a_name_with_a_denied_address_and_another_when_opened_then_the_other_is_connected_to()
      throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      begin(OutboundOfTests.with(Map.of()).name(NAME, "169.254.169.254 " + HERE));

      open(named(broker));

      await().until(() -> connections.status(KEY).state() == State.CONNECTED);
    }
  }

  private void begin(OutboundOfTests outbound) {
    connections = Fixtures.connections(outbound.addresses(), event -> {});
  }

  private void open(URI uri) {
    Fixtures.open(connections, KEY, Fixtures.options(uri));
  }

  private static URI named(ScriptedBroker broker) {
    return URI.create("mqtt://" + NAME + ":" + broker.uri().getPort());
  }

  private void awaitMessage(String part) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              assertThat(connections.status(KEY).state()).isEqualTo(State.CONNECTING);
              assertThat(connections.status(KEY).message()).contains(part);
            });
  }
}
