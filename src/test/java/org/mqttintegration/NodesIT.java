package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.InProcessOfItsOwn;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.NumberedSends;
import org.mqttintegration.testing.NumberedStream;
import org.mqttintegration.testing.Progress;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.StoppablePostgres;

/**
 * Two nodes over one database and one broker, of which one is lost in several ways, and replaced.
 */
@InProcessOfItsOwn
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesIT {

  private static final int PER_SECOND = Integer.getInteger("nodes.messages-per-second", 500);
  private static final int SENDS_PER_SECOND = 20;

  /** Tables, columns, indexes and functions more: the old version goes on beside it. */
  private static final String NEXT =
      """
      create table next_table (id bigint primary key);
      alter table broker add column next_text text;
      alter table history add column next_text text;
      alter table history_commit add column next_number integer not null default 1;
      alter table send add column next_flag boolean not null default false;
      create index next_index on send (next_flag) where next_flag;
      create or replace function topic_digest(topic text) returns bytea immutable strict language sql
        return sha256(convert_to(topic, 'UTF8'));
      """;

  private static final Duration PATIENCE =
      Duration.ofMinutes(Integer.getInteger("nodes.patience-minutes", 2));

  private StoppablePostgres postgres;
  private Mosquitto mosquitto;
  private ApplicationProcess first;
  private ApplicationProcess second;
  private final List<ApplicationProcess> newer = new ArrayList<>();
  private long brokerId;

  /** Where the newer version has its migrations. */
  @TempDir Path migrations;

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
            .create("/brokers", Map.of("name", "b", "host", "127.0.0.1", "port", mosquitto.port()));
  }

  @AfterAll
  void end() throws Exception {
    for (ApplicationProcess node : newer) {
      node.close();
    }
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

  /** Leaves one node. */
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

  /**
   * As an operator does it, one node after the other. The newer version is the present one with a
   * migration that does all that the next one may.
   */
  @Test
  @Order(3)
  void given_messages_both_ways_when_nodes_are_replaced_by_a_newer_version_then_nothing_is_lost()
      throws Exception {
    Files.writeString(migrations.resolve("V9000__next.sql"), NEXT);
    for (ApplicationProcess killed : List.of(first, second)) {
      if (!killed.isRunning()) {
        killed.start();
      }
    }
    loseOwner(
        (owner, other) -> {
          other.stop();
          ApplicationProcess newest = newer(); // migrates while the old one records
          assertThat(owns(owner)).as("the old one goes on").isTrue();
          Progress.await(sends::accepted, sends.accepted() + SENDS_PER_SECOND);
          owner.stop();
          awaitOwner(newest);
          owner.start(); // the old version over the newer tables
          newest.stop();
          asked = owner;
          awaitOwner(owner);
          Progress.await(sends::accepted, sends.accepted() + SENDS_PER_SECOND);
          newest.start();
          owner.stop();
          asked = newest;
          awaitOwner(newest);
          newer();
        });
  }

  private ApplicationProcess newer() throws Exception {
    List<String> settings = new ArrayList<>(List.of(postgres.settings()));
    settings.add("--spring.flyway.locations=classpath:db/migration,filesystem:" + migrations);
    ApplicationProcess node = ApplicationProcess.alone(settings.toArray(String[]::new));
    newer.add(node);
    node.start();
    asked = node;
    return node;
  }

  private void loseOwner(Loss loss) throws Exception {
    String topic = "nodes/" + UUID.randomUUID();
    ApplicationProcess owner = owner();
    ApplicationProcess other = owner == first ? second : first;
    asked = other;
    long subscription = api.subscribe(brokerId, topic + "/in/#", 2);
    try (MqttTestClient outside =
            MqttTestClient.connect(mosquitto.uri()).subscribe(topic + "/out", 2);
        NumberedStream stream = new NumberedStream(mosquitto.uri(), topic + "/in", PER_SECOND);
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

      awaitAllRecorded(messages, subscription);
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

  private void awaitAllRecorded(int messages, long subscription) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              int[] rows = new int[messages];
              api.history(subscription, entry -> rows[entry.path("payload").asInt()]++);
              assertThat(IntStream.range(0, messages).filter(i -> rows[i] == 0))
                  .as("messages that are not in the history")
                  .isEmpty();
              assertThat(IntStream.range(0, messages).filter(i -> i % 2 == 0 && rows[i] > 1))
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
