package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.NumberedSends;
import org.mqttintegration.testing.NumberedStream;
import org.mqttintegration.testing.Progress;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.StoppablePostgres;

/** Two nodes over one database and one broker, of which one is lost in several ways. */
@InProcessOfItsOwn
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesIT {

  private static final int PER_SECOND = Integer.getInteger("nodes.messages-per-second", 500);
  private static final int EVERY_AT_QOS_2 = Integer.getInteger("nodes.every-at-qos-2", 2);
  private static final int SENDS_PER_SECOND = 20;
  private static final Duration PATIENCE =
      Duration.ofMinutes(Integer.getInteger("nodes.patience-minutes", 2));

  private StoppablePostgres postgres;
  private Mosquitto mosquitto;
  private ApplicationProcess first;
  private ApplicationProcess second;
  private long brokerId;

  /** Whose REST is asked now. */
  private volatile ApplicationProcess asked;

  private NumberedSends sends;
  private final RestApi api = new RestApi(() -> asked.port(), new ObjectMapper());

  @BeforeAll
  void twoNodes() throws Exception {
    postgres = new StoppablePostgres();
    mosquitto = Mosquitto.launch();
    first = ApplicationProcess.alone(postgres.settings());
    second = ApplicationProcess.alone(postgres.settings());
    first.start();
    second.start();
    brokerId =
        first
            .api()
            .create(
                "/brokers",
                Map.of(
                    "name",
                    "b",
                    "host",
                    "127.0.0.1",
                    "port",
                    mosquitto.port(),
                    "sharedConnections",
                    2));
  }

  @AfterAll
  void end() throws Exception {
    second.close();
    first.close();
    mosquitto.close();
    postgres.close();
  }

  /** What happens to the node that has the connection, while messages come in and go out. */
  @FunctionalInterface
  private interface Loss {
    void of(ApplicationProcess owner, ApplicationProcess other) throws Exception;
  }

  @Test
  @Order(1)
  void given_messages_both_ways_when_the_owner_is_frozen_then_it_can_do_nothing_afterwards()
      throws Exception {
    loseOwner(
        (owner, other) -> {
          owner.freeze();
          try {
            awaitOwner(other);
          } finally {
            owner.thaw();
          }
          await()
              .atMost(PATIENCE)
              .untilAsserted(
                  () -> assertThat(owner.log()).anyMatch(line -> line.contains("lost to another")));
          asked = owner;
        });
  }

  /** The last, as it leaves one node. */
  @Test
  @Order(2)
  void given_messages_both_ways_when_one_is_restarted_and_the_other_killed_then_nothing_is_lost()
      throws Exception {
    loseOwner(
        (owner, other) -> {
          owner.stop();
          awaitOwner(other);
          owner.start();
          asked = owner;
          Progress.await(sends::accepted, sends.accepted() + SENDS_PER_SECOND);
          other.kill();
          awaitOwner(owner);
        });
  }

  private void loseOwner(Loss loss) throws Exception {
    String topic = "nodes/" + UUID.randomUUID();
    ApplicationProcess owner = owner();
    ApplicationProcess other = owner == first ? second : first;
    asked = other;
    long subscription = api.subscribe(brokerId, topic + "/in/#", 2);
    long spread = spread(topic + "/in/2");
    try (MqttTestClient outside =
            MqttTestClient.connect(mosquitto.uri()).subscribe(topic + "/out", 2);
        NumberedStream stream =
            new NumberedStream(mosquitto.uri(), topic + "/in", PER_SECOND, 1, EVERY_AT_QOS_2);
        NumberedSends sending =
            new NumberedSends(
                api, 2, SENDS_PER_SECOND, Integer.MAX_VALUE, n -> send(topic + "/out"))) {
      sends = sending;
      Progress.await(stream::accepted, 2 * PER_SECOND);
      Instant lost = Instant.now();
      loss.of(owner, other);
      Progress.await(stream::accepted, stream.accepted() + 2 * PER_SECOND);
      int messages = stream.stop();
      List<NumberedSends.Accepted> sent = sending.stop();

      IntPredicate isQos2 = number -> stream.qos(number) == 2;
      awaitAllRecorded(messages, number -> true, isQos2, subscription);
      awaitAllRecorded(messages, isQos2, isQos2, spread);
      System.out.printf(
          "nodes: %d messages, %d sends, longest pause of receiving %d ms%n",
          messages, sent.size(), longestPause(subscription, lost));
      List<String> payloads = sent.stream().map(send -> "" + send.number()).toList();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(outside.texts()).containsExactlyInAnyOrderElementsOf(payloads));
      sent.forEach(this::awaitDelivered);
    }
  }

  /** A subscription whose messages come to two connections, one on each node. */
  private long spread(String topic) {
    Map<String, Object> shared =
        Map.of("brokerId", brokerId, "topic", topic, "qos", 2, "shared", true);
    long id = api.create("/subscriptions", shared);
    api.post("/subscriptions/" + id + "/subscribe").expect(200);
    await()
        .atMost(PATIENCE)
        .until(() -> api.get("/subscriptions/" + id).json().path("subscribed").asBoolean());
    return id;
  }

  private Map<String, Object> send(String topic) {
    return Map.of("brokerId", brokerId, "topic", topic, "qos", 2);
  }

  private ApplicationProcess owner() {
    await().atMost(PATIENCE).ignoreExceptions().until(() -> owns(first) || owns(second));
    return owns(first) ? first : second;
  }

  private static void awaitOwner(ApplicationProcess node) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> owns(node));
  }

  /** Whether it says of itself that it has the connection. */
  private static boolean owns(ApplicationProcess node) {
    JsonNode nodes = node.api().get("/nodes").expect(200).json().path("items");
    return StreamSupport.stream(nodes.spliterator(), false)
        .filter(item -> item.path("self").asBoolean())
        .anyMatch(item -> item.path("connections").size() > 0);
  }

  private void awaitDelivered(NumberedSends.Accepted send) {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .untilAsserted(
            () ->
                assertThat(
                        api.get("/sends/" + send.id()).expect(200).json().path("status").asText())
                    .isEqualTo("delivered"));
  }

  private void awaitAllRecorded(
      int messages, IntPredicate isFor, IntPredicate isQos2, long subscription) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              int[] rows = new int[messages];
              api.history(subscription, entry -> rows[entry.path("payload").asInt()]++);
              assertThat(IntStream.range(0, messages).filter(isFor).filter(i -> rows[i] == 0))
                  .as("messages that are not in the history")
                  .isEmpty();
              assertThat(IntStream.range(0, messages).filter(isQos2).filter(i -> rows[i] > 1))
                  .as("QoS 2 messages that are in it more than once")
                  .isEmpty();
            });
  }

  private long longestPause(long subscription, Instant from) {
    long[] pause = {0};
    Instant[] before = {null};
    api.history(
        subscription,
        entry -> {
          Instant at = Instant.parse(entry.path("timestamp").asText());
          if (before[0] != null && !at.isBefore(from)) {
            pause[0] = Math.max(pause[0], Math.abs(Duration.between(before[0], at).toMillis()));
          }
          before[0] = at;
        });
    return pause[0];
  }
}
