package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.mqttintegration.mqtt.ScriptedBroker.Connection;
import org.mqttintegration.mqtt.ScriptedBroker.Packet;
import org.mqttintegration.mqtt.UnreleasedPackets.Unreleased;

/** Messages that the broker delivers again, over connections that come and go. */
class InboundSessionIT {

  private static final String KEY = "7";

  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final KeptInMemory store = new KeptInMemory();
  private volatile boolean sessionPresent = true;
  private ScriptedBroker broker;
  private MqttConnections connections;

  /** A message that was handed over, for the test to say what became of it. */
  private record Taken(ReceivedMessage message, Acknowledgement acknowledgement) {
    String text() {
      return new String(message.payload(), StandardCharsets.UTF_8);
    }
  }

  @BeforeEach
  void startBroker() throws IOException {
    broker =
        new ScriptedBroker() {
          @Override
          void onConnect(Connection connection, Packet packet) throws IOException {
            connection.send(BrokerPackets.connack(sessionPresent, 0));
          }
        };
    start();
  }

  @AfterEach
  void stop() throws IOException {
    connections.stop();
    broker.close();
  }

  @Test
  void given_a_qos_2_message_being_recorded_when_delivered_again_then_it_is_taken_once()
      throws IOException {
    Connection first = subscribed(1, 3);
    first.send(publish(9, 2, "once"));
    await().until(() -> taken.size() == 1);
    first.cut();
    Connection second = subscribed(2, 3);
    second.send(again(publish(9, 2, "once")), publish(10, 2, "next"));
    await().until(() -> taken.size() == 2);

    assertThat(taken).extracting(Taken::text).containsExactly("once", "next");
    assertThat(second.received(ScriptedBroker.PUBREC)).isEmpty();

    taken.get(0).acknowledgement().done(true);
    await().until(() -> second.received(ScriptedBroker.PUBCOMP).size() == 1);
    assertThat(second.received(ScriptedBroker.PUBCOMP).get(0).identifier()).isEqualTo(9);
  }

  @Test
  void given_a_qos_2_message_that_was_recorded_before_a_restart_when_it_comes_then_it_is_not_taken()
      throws IOException {
    keep(9, "old");
    Connection connection = subscribed(1, 3);

    connection.send(again(publish(9, 2, "old")), publish(10, 2, "new"));

    await().until(() -> taken.size() == 1);
    assertThat(taken.get(0).text()).isEqualTo("new");
    await().until(() -> connection.received(ScriptedBroker.PUBCOMP).size() == 1);
    assertThat(store.kept).isEmpty();
  }

  @Test
  void given_an_unreleased_identifier_when_another_message_has_it_then_that_one_is_taken_once()
      throws IOException {
    keep(9, "old");
    Connection first = subscribed(1, 3);
    first.send(publish(9, 2, "new"));
    await().until(() -> taken.size() == 1);
    assertThat(store.kept).as("what is recorded after it has the identifier").isEmpty();

    first.send(again(publish(9, 2, "new")), publish(10, 2, "next"));
    await().until(() -> taken.size() == 2);
    assertThat(taken).extracting(Taken::text).containsExactly("new", "next");
    taken.get(0).acknowledgement().done(true);
    await().until(() -> first.received(ScriptedBroker.PUBREC).size() == 1);
  }

  @Test
  void given_a_qos_1_message_in_flight_when_another_has_its_identifier_then_it_is_no_duplicate()
      throws IOException {
    Connection first = subscribed(1, 3);
    first.send(publish(9, 1, "one"));
    await().until(() -> taken.size() == 1);
    first.cut();
    Connection second = subscribed(2, 3);
    second.send(again(publish(9, 1, "two")));
    await().until(() -> taken.size() == 2);

    assertThat(taken).extracting(t -> t.message().duplicate()).containsOnly(false);
  }

  @Test
  void given_a_message_recorded_for_one_of_two_when_it_comes_again_then_the_other_gets_it()
      throws IOException {
    keep(9, "both");
    subscribe(KEY, 4, "+/a");
    Connection connection = subscribed(1, 3);
    await().until(() -> connection.received(ScriptedBroker.SUBSCRIBE).size() == 2);

    connection.send(again(BrokerPackets.publish("plant/a", 2, 9, 0, bytes("both"))));

    await().until(() -> taken.size() == 1);
    assertThat(taken.get(0).message().delivery().recipient()).isEqualTo(4);
    assertThat(connection.received(ScriptedBroker.PUBREC)).isEmpty();
    taken.get(0).acknowledgement().done(true);
    await().until(() -> connection.received(ScriptedBroker.PUBREC).size() == 1);
  }

  @Test
  void given_a_release_when_it_is_not_stored_yet_then_the_broker_hears_no_pubcomp()
      throws IOException {
    CompletableFuture<Void> commit = new CompletableFuture<>();
    store.answer = commit;
    Connection connection = subscribed(1, 3);
    connection.send(publish(9, 2, "one"));
    await().until(() -> taken.size() == 1);
    taken.get(0).acknowledgement().done(true);
    await().until(() -> connection.received(ScriptedBroker.PUBREC).size() == 1);

    // a packet identifier is the broker's to use again after PUBCOMP only
    connection.send(publish(10, 1, "two"));
    await().until(() -> taken.size() == 2);
    taken.get(1).acknowledgement().done(true);
    await().until(() -> connection.received(ScriptedBroker.PUBACK).size() == 1);
    assertThat(connection.received(ScriptedBroker.PUBCOMP)).isEmpty();

    commit.complete(null);
    await().until(() -> connection.received(ScriptedBroker.PUBCOMP).size() == 1);
    connection.send(publish(9, 2, "three"));
    await().until(() -> taken.size() == 3);
  }

  @Test
  void given_a_session_that_is_lost_when_a_packet_identifier_comes_then_it_is_another_message()
      throws IOException {
    CompletableFuture<Void> commit = new CompletableFuture<>();
    keep(9, "one");
    store.answer = commit;
    sessionPresent = false;
    subscribe(KEY, 3, "plant/#");
    open(KEY);
    await().until(() -> connections.status(KEY).state() == State.CONNECTED);
    Connection connection = broker.connections().get(0);
    await().until(() -> store.kept.isEmpty());
    assertThat(connection.received(ScriptedBroker.SUBSCRIBE))
        .as("nothing may come before what was kept is forgotten")
        .isEmpty();

    commit.complete(null);
    await().until(() -> connection.received(ScriptedBroker.SUBSCRIBE).size() == 1);
    connection.send(publish(9, 2, "another"));
    await().until(() -> taken.size() == 1);
  }

  @Test
  void given_a_qos_1_message_that_we_did_not_acknowledge_when_delivered_again_then_it_is_marked()
      throws IOException {
    Connection first = subscribed(1, 3);
    first.send(publish(9, 1, "waits"), publish(10, 1, "done"), again(publish(11, 1, "first")));
    await().until(() -> taken.size() == 3);
    taken.get(1).acknowledgement().done(true);
    await().until(() -> first.received(ScriptedBroker.PUBACK).size() == 1);
    first.cut();
    Connection second = subscribed(2, 3);
    second.send(again(publish(9, 1, "waits")), again(publish(10, 1, "done")));
    await().until(() -> taken.size() == 5);

    assertThat(taken)
        .extracting(t -> t.text() + " " + t.message().duplicate())
        .as("that 10 is the same message is likely, and not certain")
        .containsExactly("waits false", "done false", "first false", "waits true", "done false");
    taken.get(0).acknowledgement().done(true);
    taken.get(3).acknowledgement().done(true);
    await().until(() -> second.received(ScriptedBroker.PUBACK).size() == 1);
  }

  @Test
  void given_a_broker_that_ignores_the_receive_maximum_when_it_sends_all_then_it_is_held_back()
      throws IOException {
    Connection connection = subscribed(1, 3);
    connection.send(flood(1_000, 1, 2));
    // as long as nobody reads, no PINGRESP comes through: that is no reason to take it for dead
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> connection.received(ScriptedBroker.PINGREQ).size() >= 5);
    assertThat(taken).hasSize(50);
    assertThat(connection.isCut()).isFalse();

    acknowledge(1_000);
    await().until(() -> connection.received(ScriptedBroker.PUBACK).size() == 500);
    await().until(() -> connection.received(ScriptedBroker.PUBCOMP).size() == 500);
    assertThat(broker.connections()).hasSize(1);
    assertThat(taken).extracting(Taken::text).startsWith("m0", "m1").endsWith("m999");
  }

  @Test
  void
      given_connections_that_have_all_the_room_when_another_is_sent_messages_then_they_wait_for_it()
          throws IOException {
    Connection third = besideTwoThatHaveAllTheRoom();

    third.send(flood(10, 1));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> third.received(ScriptedBroker.PINGREQ).size() >= 3);
    // whether one more is too much is asked when it is read
    assertThat(taken.size()).as("what all connections may have in memory").isEqualTo(101);

    acknowledge(130);
    await().until(() -> broker.connections().get(0).received(ScriptedBroker.PUBACK).size() == 60);
    await().until(() -> broker.connections().get(1).received(ScriptedBroker.PUBACK).size() == 60);
    await().until(() -> third.received(ScriptedBroker.PUBACK).size() == 10);
  }

  @Test
  void given_others_that_have_all_the_room_when_messages_of_qos_0_come_then_they_are_read()
      throws IOException {
    Connection third = besideTwoThatHaveAllTheRoom();

    for (int i = 0; i < 10; i++) {
      third.send(publish(0, 0, "q" + i));
    }

    await().until(() -> taken.size() == 110);
    acknowledge(100);
  }

  @Test
  void given_a_copy_for_two_filters_of_a_subscription_when_it_comes_then_it_is_taken_once()
      throws IOException {
    Connection connection = subscribed(1, 3);
    connection.send(BrokerPackets.publish("plant/a", 2, 9, new int[] {3, 3}, bytes("once")));
    await().until(() -> taken.size() == 1);
    taken.get(0).acknowledgement().done(true);
    await().until(() -> connection.received(ScriptedBroker.PUBREC).size() == 1);

    connection.send(publish(10, 1, "next"));
    await().until(() -> taken.size() == 2);
    assertThat(taken).extracting(Taken::text).containsExactly("once", "next");
  }

  @Test
  void given_an_answer_behind_messages_that_are_held_back_when_it_is_read_late_then_it_counts()
      throws IOException {
    Connection connection = subscribed(1, 3);
    connection.send(flood(60, 1));
    await().until(() -> taken.size() == 50);

    CompletableFuture<Integer> answer =
        connections
            .connection(KEY)
            .publish("plant/out", new MqttMessage(bytes("out"), 1, false, null), null);
    int pings = connection.received(ScriptedBroker.PINGREQ).size();
    await() // longer than a broker may take to answer
        .atMost(Duration.ofSeconds(20))
        .until(() -> connection.received(ScriptedBroker.PINGREQ).size() >= pings + 3);
    assertThat(answer).isNotDone();
    acknowledge(60);

    await().until(answer::isDone);
    assertThat(answer).isCompletedWithValue(0);
  }

  @Test
  void given_many_connections_with_messages_in_memory_when_stopped_then_one_limit_is_for_all()
      throws IOException {
    for (int number = 1; number <= 8; number++) {
      subscribed("c" + number, number, 3).send(publish(9, 1, "waits"));
    }
    await().until(() -> taken.size() == 8);

    Duration took = stopping();

    assertThat(took).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(broker.received(ScriptedBroker.DISCONNECT)).hasSize(8);
  }

  @Test
  void given_some_that_wait_when_stopped_then_the_others_are_left_at_once() throws Exception {
    subscribed("waits", 1, 3).send(publish(9, 1, "waits"));
    await().until(() -> taken.size() == 1);
    subscribed("done", 2, 3);
    CompletableFuture<Duration> stopping = CompletableFuture.supplyAsync(this::stopping);

    await()
        .atMost(Duration.ofSeconds(1))
        .until(() -> !broker.connections().get(1).received(ScriptedBroker.DISCONNECT).isEmpty());
    taken.get(0).acknowledgement().done(true);

    assertThat(stopping.get()).isLessThan(Duration.ofSeconds(2));
    assertThat(broker.connections().get(0).received(ScriptedBroker.PUBACK)).hasSize(1);
  }

  @Test
  void given_a_link_that_is_gone_when_stopped_then_no_acknowledgement_is_waited_for()
      throws IOException {
    Connection connection = subscribed(1, 3);
    connection.send(publish(9, 1, "recorded"));
    await().until(() -> taken.size() == 1);
    broker.close();
    await().until(() -> connections.status(KEY).state() == State.CONNECTING);
    taken.get(0).acknowledgement().done(true);

    assertThat(stopping()).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void given_all_was_stopped_when_a_connection_shall_be_opened_then_it_is_not() {
    connections.stop();
    open(KEY);
    assertThat(connections.status(KEY).state()).isEqualTo(State.DISCONNECTED);
  }

  private Duration stopping() {
    long begun = System.nanoTime();
    connections.stop();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Acknowledges so many messages, as they come. */
  private void acknowledge(int messages) {
    for (int i = 0; i < messages; i++) {
      int next = i;
      if (taken.size() == next) {
        await().pollDelay(Duration.ZERO).until(() -> taken.size() > next);
      }
      taken.get(next).acknowledgement().done(true);
    }
  }

  private void keep(int packetIdentifier, String text) {
    store.kept.put(
        packetIdentifier, new Unreleased(Fingerprint.of("plant/a", bytes(text)), Set.of(3)));
  }

  private void start() {
    connections = Fixtures.connections(Fixtures.settings(), store, event -> {});
  }

  private void subscribe(String key, int identifier, String filter) {
    connections
        .connection(key)
        .subscriptions()
        .add(
            new SubscriptionOptions(identifier, filter, 2, false, false, 0),
            (message, acknowledgement) -> taken.add(new Taken(message, acknowledgement)));
  }

  private void open(String key) {
    Fixtures.open(connections, key, Fixtures.options(broker.uri(), Duration.ofSeconds(1)));
  }

  /** The n-th connection, when it has the subscription {@code plant/#}. */
  private Connection subscribed(int nth, int identifier) {
    return subscribed(KEY, nth, identifier);
  }

  private Connection subscribed(String key, int nth, int identifier) {
    if (connections.subscription(key, identifier).isEmpty()) {
      subscribe(key, identifier, "plant/#");
    }
    open(key);
    await().until(() -> broker.connections().size() == nth);
    Connection connection = broker.connections().get(nth - 1);
    await().until(() -> !connection.received(ScriptedBroker.SUBSCRIBE).isEmpty());
    return connection;
  }

  /** A third connection, beside two that have in memory what all may. */
  private Connection besideTwoThatHaveAllTheRoom() throws IOException {
    Connection first = subscribed("first", 1, 3);
    Connection second = subscribed("second", 2, 3);
    Connection third = subscribed("third", 3, 3);
    first.send(flood(60, 1));
    second.send(flood(60, 1));
    await().until(() -> taken.size() == 100);
    return third;
  }

  /** So many messages, of these QoS in turn. */
  private static byte[][] flood(int messages, int... qos) {
    byte[][] flood = new byte[messages][];
    for (int i = 0; i < messages; i++) {
      flood[i] = publish(i + 1, qos[i % qos.length], "m" + i);
    }
    return flood;
  }

  private static byte[] publish(int packetIdentifier, int qos, String text) {
    return BrokerPackets.publish("plant/a", qos, packetIdentifier, 3, bytes(text));
  }

  /** The same packet with the DUP flag. */
  private static byte[] again(byte[] publish) {
    publish[0] |= 8;
    return publish;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
