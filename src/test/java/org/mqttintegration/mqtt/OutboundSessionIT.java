package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.mqttintegration.mqtt.OutboundPackets.Begun;
import org.mqttintegration.mqtt.ScriptedBroker.Connection;
import org.mqttintegration.mqtt.ScriptedBroker.Packet;

/** QoS 2 messages that we send, over connections that come and go. */
class OutboundSessionIT {

  private static final String KEY = "7";
  private static final int DUP = 8;

  private final BegunInMemory store = new BegunInMemory();
  private volatile boolean sessionPresent = true;
  private volatile boolean taking = true;
  private volatile boolean completing = true;
  private volatile int pubcomp;
  private ScriptedBroker broker;
  private MqttConnections connections;

  @BeforeEach
  void startBroker() throws IOException {
    broker =
        new ScriptedBroker() {
          @Override
          void onConnect(Connection connection, Packet packet) throws IOException {
            connection.send(BrokerPackets.connack(sessionPresent, 0));
          }

          @Override
          void onPublish(Connection connection, Packet packet) throws IOException {
            if (taking) {
              super.onPublish(connection, packet);
            }
          }

          @Override
          void onRelease(Connection connection, Packet packet) throws IOException {
            if (completing) {
              connection.send(BrokerPackets.acknowledgement(0x70, packet.identifier(), pubcomp));
            }
          }
        };
    connections = Fixtures.connections(Fixtures.settings(), new KeptInMemory(), store, event -> {});
  }

  @AfterEach
  void stop() throws IOException {
    connections.stop();
    broker.close();
  }

  @Test
  void given_a_message_when_its_identifier_is_not_stored_yet_then_it_does_not_go_out() {
    CompletableFuture<Void> commit = new CompletableFuture<>();
    store.answer = commit;
    Connection connection = connected(1);
    CompletableFuture<Integer> sent = publish(5, 2);
    CompletableFuture<Integer> other = publish(6, 1);
    await().until(other::isDone);
    assertThat(published(connection, 2)).isEmpty();

    commit.complete(null);

    await().until(() -> published(connection, 2).size() == 1);
    assertThat(sent.join()).isZero();
    assertThat(store.kept.get(5L))
        .isEqualTo(new Begun(5, published(connection, 2).get(0).publishIdentifier(), true));
  }

  @Test
  void given_a_pubrec_when_it_is_not_stored_yet_then_no_pubrel_goes_out() {
    Connection connection = connected(1);
    CompletableFuture<Void> commit = new CompletableFuture<>();
    taking = false;
    CompletableFuture<Integer> sent = publish(5, 2);
    await().until(() -> published(connection, 2).size() == 1);
    store.answer = commit;
    pubrec(connection);
    await().until(() -> store.kept.get(5L).taken());
    taking = true;
    assertThat(publish(6, 1).join()).isZero();
    assertThat(connection.received(ScriptedBroker.PUBREL)).isEmpty();

    commit.complete(null);

    assertThat(sent.join()).isZero();
    assertThat(connection.received(ScriptedBroker.PUBREL)).hasSize(1);
  }

  @Test
  void given_no_pubrec_when_published_again_on_the_next_connection_then_it_is_the_same_packet()
      throws IOException {
    taking = false;
    Connection first = connected(1);
    CompletableFuture<Integer> sent = publish(5, 2);
    await().until(() -> published(first, 2).size() == 1);
    first.cut();
    assertThat(sent).failsWithin(Duration.ofSeconds(5));
    taking = true;
    Connection second = connected(2);
    assertThat(publish(6, 2).join()).isZero();

    assertThat(publish(5, 2).join()).isZero();

    Packet again = published(second, 2).get(1);
    assertThat(again.publishIdentifier()).isEqualTo(published(first, 2).get(0).publishIdentifier());
    assertThat(again.flags() & DUP).isEqualTo(DUP);
    assertThat(published(second, 2).get(0).publishIdentifier())
        .isNotEqualTo(again.publishIdentifier());
  }

  @Test
  void given_a_pubrec_when_published_again_on_the_next_connection_then_pubrel_goes_out_only()
      throws IOException {
    completing = false;
    Connection first = connected(1);
    CompletableFuture<Integer> sent = publish(5, 2);
    await().until(() -> first.received(ScriptedBroker.PUBREL).size() == 1);
    first.cut();
    assertThat(sent).failsWithin(Duration.ofSeconds(5));
    completing = true;
    pubcomp = 0x92; // it had our PUBREL
    Connection second = connected(2);

    assertThat(publish(5, 2).join()).isZero();

    assertThat(published(second, 2)).isEmpty();
    assertThat(second.received(ScriptedBroker.PUBREL))
        .extracting(Packet::identifier)
        .containsExactly(published(first, 2).get(0).publishIdentifier());
  }

  @Test
  void given_messages_that_had_begun_before_a_restart_when_published_then_they_go_on() {
    store.kept.put(5L, new Begun(5, 1, true));
    store.kept.put(6L, new Begun(6, 2, false));
    Connection connection = connected(1);

    assertThat(publish(7, 2).join()).isZero();
    assertThat(publish(5, 2).join()).isZero();
    assertThat(publish(6, 2).join()).isZero();

    assertThat(published(connection, 2))
        .extracting(Packet::publishIdentifier)
        .containsExactly(3, 2);
    assertThat(connection.received(ScriptedBroker.PUBREL))
        .extracting(Packet::identifier)
        .containsExactly(3, 1, 2);
  }

  @Test
  void given_a_session_that_is_lost_when_published_again_then_what_the_broker_had_is_done() {
    store.kept.put(5L, new Begun(5, 1, true));
    store.kept.put(6L, new Begun(6, 2, false));
    sessionPresent = false;
    Connection connection = connected(1);

    assertThat(publish(5, 2).join()).isZero();
    assertThat(publish(6, 2).join()).isZero();

    assertThat(published(connection, 2))
        .singleElement()
        .satisfies(packet -> assertThat(packet.flags() & DUP).isZero());
  }

  @Test
  void given_a_pubrec_that_refuses_when_others_are_in_flight_then_they_are_not_refused_with_it()
      throws IOException {
    taking = false;
    Connection connection = connected(1);
    CompletableFuture<Integer> refused = publish(5, 2);
    CompletableFuture<Integer> other = publish(6, 2);
    await().until(() -> published(connection, 2).size() == 2);

    connection.send(
        BrokerPackets.acknowledgement(
            0x50, published(connection, 2).get(0).publishIdentifier(), 0x87));

    assertThat(refused)
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withMessageContaining("Not authorized");
    assertThat(other).isNotDone();
    connection.send(
        BrokerPackets.acknowledgement(
            0x50, published(connection, 2).get(1).publishIdentifier(), 0));
    assertThat(other.join()).isZero();
  }

  private void pubrec(Connection connection) {
    try {
      connection.send(
          BrokerPackets.acknowledgement(
              0x50, published(connection, 2).get(0).publishIdentifier(), 0));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Packet> published(Connection connection, int qos) {
    return connection.received(ScriptedBroker.PUBLISH).stream()
        .filter(packet -> packet.qos() == qos)
        .toList();
  }

  private Connection connected(int nth) {
    Fixtures.open(connections, KEY, Fixtures.options(broker.uri(), Duration.ofSeconds(30)));
    await()
        .until(
            () ->
                broker.connections().size() == nth
                    && connections.status(KEY).state() == State.CONNECTED);
    return broker.connections().get(nth - 1);
  }

  private CompletableFuture<Integer> publish(long number, int qos) {
    MqttMessage message =
        new MqttMessage(
            Long.toString(number).getBytes(StandardCharsets.UTF_8),
            qos,
            false,
            new MqttProperties());
    return connections.connection(KEY).publish("a", message, number);
  }
}
