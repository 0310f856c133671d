package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.mqttintegration.mqtt.ScriptedBroker.Connection;

/** How a connection comes, ends and comes back. */
class SupervisorIT extends ConnectionFixture {

  private static final List<Integer> DISCONNECTS =
      List.of(
          0x00, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8B, 0x8D, 0x8E, 0x8F, 0x90, 0x93, 0x94, 0x95,
          0x96, 0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F, 0xA0, 0xA1, 0xA2);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void given_a_connack_when_it_comes_then_listeners_hear_whether_the_session_was_present(
      boolean present) throws Exception {
    try (ScriptedBroker broker =
        ScriptedBroker.answeringConnect(BrokerPackets.connack(present, 0))) {
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
  void given_a_session_that_may_be_anothers_when_opened_then_it_is_connected_to_when_it_is_ours()
      throws Exception {
    AtomicBoolean ours = new AtomicBoolean();
    try (ScriptedBroker broker = new ScriptedBroker()) {
      connections.open(KEY, Fixtures.options(broker.uri()), ours::get);
      await().during(Duration.ofMillis(300)).until(() -> broker.connections().isEmpty());

      ours.set(true);

      await().until(() -> connections.status(KEY).state() == State.CONNECTED);
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

  @ParameterizedTest
  @ValueSource(ints = {0x84, 0x85, 0x86, 0x87, 0x8A, 0x8C, 0x9D})
  void given_a_refusal_that_another_attempt_does_not_change_when_it_comes_then_it_waits_long(
      int code) throws Exception {
    try (ScriptedBroker broker = refusing(code, BrokerPackets.properties(0x1C, "b2.example"))) {
      open(broker.uri());

      await()
          .untilAsserted(
              () ->
                  assertThat(connections.status(KEY).message())
                      .contains(ReasonCode.describe(code), "the server to use is b2.example")
                      .containsPattern("next attempt is in 3[0-3]\\d s"));
      assertThat(connections.status(KEY).state()).isEqualTo(State.CONNECTING);
      assertThat(broker.connections()).hasSize(1);
    }
  }

  @Test
  void given_a_refused_broker_when_its_options_change_then_it_is_connected_to_at_once()
      throws Exception {
    try (ScriptedBroker broker = refusing(0x87, new byte[0]);
        ScriptedBroker other = new ScriptedBroker()) {
      open(broker.uri());
      await().until(() -> connections.status(KEY).message().contains("Not authorized"));

      open(other.uri());

      await().until(() -> connections.status(KEY).state() == State.CONNECTED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0x88, 0x89, 0x97, 0x99, 0x9B, 0x9C, 0x9F})
  void given_a_refusal_that_may_pass_when_it_comes_then_it_is_tried_again(int code)
      throws Exception {
    try (ScriptedBroker broker = refusing(code, new byte[0])) {
      open(broker.uri());

      await().until(() -> broker.connections().size() >= 2);
      assertThat(connections.status(KEY).message()).contains(ReasonCode.describe(code));
    }
  }

  @Test
  void given_every_disconnect_when_it_comes_then_its_reason_is_told_and_decides() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      for (int code : DISCONNECTS) {
        open(broker.uri(), client(code));
      }
      for (int code : DISCONNECTS) {
        await().until(() -> connections.status(client(code)).state() == State.CONNECTED);
      }

      for (int code : DISCONNECTS) {
        connectionOf(broker, client(code)).send(BrokerPackets.disconnect(code, 0x1F, "because"));
      }

      for (int code : DISCONNECTS) {
        await()
            .untilAsserted(
                () ->
                    assertThat(changesOf(client(code)))
                        .anySatisfy(
                            change ->
                                assertThat(change.status().message())
                                    .contains(ReasonCode.describe(code), "because")));
        if (Backoff.isRefusal(code)) {
          assertThat(connections.status(client(code)).message()).contains("next attempt is in 3");
        } else {
          await().until(() -> connections.status(client(code)).state() == State.CONNECTED);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 60})
  void given_a_user_property_with_nul_when_it_kills_the_reader_then_the_connection_is_made_anew(
      int keepalive) throws Exception {
    byte[] property = {0x26, 0, 1, 0, 0, 1, 'v'};
    byte[] body = new byte[3 + 1 + property.length];
    body[1] = 1;
    body[2] = 'a';
    body[3] = (byte) property.length;
    System.arraycopy(property, 0, body, 4, property.length);
    try (ScriptedBroker broker = new ScriptedBroker()) {
      Fixtures.open(
          connections, KEY, Fixtures.options(broker.uri(), Duration.ofSeconds(keepalive)));
      await()
          .dontCatchUncaughtExceptions()
          .until(() -> connections.status(KEY).state() == State.CONNECTED);

      broker.connections().get(0).send(BrokerPackets.packet(0x30, body));

      await().dontCatchUncaughtExceptions().until(() -> broker.connections().size() >= 2);
    }
  }

  @Test
  void given_a_broker_that_stops_answering_when_it_is_noticed_then_within_twice_the_keepalive()
      throws Exception {
    Duration keepalive = Duration.ofSeconds(3);
    AtomicBoolean silent = new AtomicBoolean();
    try (ScriptedBroker broker =
        new ScriptedBroker() {
          @Override
          void onPing(Connection connection) throws IOException {
            if (!silent.get()) {
              super.onPing(connection);
            }
          }
        }) {
      Fixtures.open(connections, KEY, Fixtures.options(broker.uri(), keepalive));
      await().until(() -> broker.received(ScriptedBroker.PINGREQ).size() >= 3);
      assertThat(connections.status(KEY).state()).isEqualTo(State.CONNECTED);
      assertThat(broker.connections()).hasSize(1);

      silent.set(true);

      await().atMost(keepalive.multipliedBy(2)).until(() -> broker.connections().size() == 2);
      assertThat(changes(State.CONNECTING))
          .anySatisfy(
              change -> assertThat(change.status().message()).contains("no answer to a PING"));
    }
  }

  private static ScriptedBroker refusing(int code, byte[] properties) throws IOException {
    return ScriptedBroker.answeringConnect(BrokerPackets.connack(false, code, properties));
  }

  /** Of the same length each, so that none is found in another. */
  private static String client(int code) {
    return "client-%02X".formatted(code);
  }

  /** The last one of a client. */
  private static Connection connectionOf(ScriptedBroker broker, String client) {
    return broker.connections().stream()
        .filter(connection -> connect(connection).contains(client))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private static String connect(Connection connection) {
    return connection.received(ScriptedBroker.CONNECT).stream()
        .map(connect -> new String(connect.body(), StandardCharsets.ISO_8859_1))
        .collect(Collectors.joining());
  }

  private List<ConnectionChanged> changesOf(String key) {
    return changes(State.CONNECTING).stream().filter(c -> c.key().equals(key)).toList();
  }
}
