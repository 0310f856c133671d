package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mqttintegration.TwoNodes.PATIENCE;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
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
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.UnfinishedRequest;

/**
 * Two nodes over one database and one broker: what one does for the other, and that one is lost in
 * several ways, and replaced.
 */
@InProcessOfItsOwn
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesIT {

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

  /** Where the newer version has its migrations. */
  @TempDir Path migrations;

  private TwoNodes nodes;
  private MessagesBothWays running;
  private RestApi api;

  @BeforeAll
  void twoNodes() throws Exception {
    nodes = new TwoNodes();
    api = nodes.api();
  }

  @AfterAll
  void end() throws Exception {
    nodes.close();
  }

  @Test
  @Order(1)
  void
      given_the_connection_is_on_the_other_node_when_a_send_that_waits_is_cancelled_then_it_is_not_sent()
          throws Exception {
    ApplicationProcess owner = nodes.owner();
    nodes.ask(nodes.other(owner));
    String topic = "cancelled/" + UUID.randomUUID();
    nodes.mosquitto.stop();
    long cancelled = waiting(topic, "no");
    long sent = waiting(topic, "yes");

    api.delete("/sends/" + cancelled).expect(204);

    assertThat(nodes.status(cancelled)).isEqualTo("cancelled");
    nodes.mosquitto.start();
    try (MqttTestClient outside =
        MqttTestClient.connect(nodes.mosquitto.uri()).subscribe(topic, 1)) {
      await().atMost(PATIENCE).until(() -> nodes.status(sent).equals("delivered"));
      assertThat(outside.texts()).doesNotContain("no");
    }
  }

  @Test
  @Order(2)
  void given_the_connection_is_on_the_other_node_when_a_request_is_made_then_its_response_comes()
      throws Exception {
    nodes.ask(nodes.other(nodes.owner()));
    String topic = "asked/" + UUID.randomUUID();
    long signal =
        api.create(
            "/signals",
            Map.of("name", topic, "brokerId", nodes.brokerId, "topic", topic, "payload", "warm?"));
    try (MqttTestClient device = MqttTestClient.connect(nodes.mosquitto.uri()).subscribe(topic, 1);
        MqttTestClient answers = MqttTestClient.connect(nodes.mosquitto.uri())) {
      CompletableFuture<Void> answered =
          CompletableFuture.runAsync(() -> answer(device.await(1).get(0), answers));

      JsonNode answer = api.post("/signals/" + signal + "/request").expect(200).json();

      assertThat(answer.at("/response/payload").asText()).isEqualTo("yes");
      answered.join();
    }
  }

  private static void answer(MqttTestClient.Received request, MqttTestClient client) {
    try {
      MqttProperties properties = new MqttProperties();
      properties.setCorrelationData(request.properties().getCorrelationData());
      client.publish(
          request.properties().getResponseTopic(),
          "yes".getBytes(StandardCharsets.UTF_8),
          1,
          false,
          properties);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Order(3)
  void given_a_durable_route_is_on_the_other_node_when_its_position_is_moved_then_it_goes_on_there()
      throws Exception {
    String name = "route-" + UUID.randomUUID();
    api.send(
            "PUT",
            "/route-files/" + name + ".camel.yaml",
            route(name),
            Map.of("Content-Type", "text/yaml"))
        .expect(200);
    nodes.ask(nodes.other(nodes.ownerOfRoute(name)));
    api.subscribe(nodes.brokerId, name + "/in", 1);
    try (MqttTestClient outside =
        MqttTestClient.connect(nodes.mosquitto.uri()).subscribe(name + "/out", 1)) {
      outside.publish(name + "/in", "1", 1).publish(name + "/in", "2", 1);
      outside.await(2);

      api.put("/positions/" + name, Map.of("time", "2020-01-01T00:00:00Z")).expect(200);

      outside.await(4);
      assertThat(outside.received())
          .extracting(MqttTestClient.Received::text)
          .containsExactly("1", "2", "1", "2");
    }
  }

  @Test
  @Order(4)
  void given_a_request_under_way_when_its_node_is_stopped_then_the_other_has_the_brokers_meanwhile()
      throws Exception {
    ApplicationProcess owner = nodes.owner();
    ApplicationProcess other = nodes.other(owner);
    String topic = "late/" + UUID.randomUUID();
    String send =
        "{\"brokerId\": %d, \"topic\": \"%s\", \"payload\": \"late\", \"qos\": 1}"
            .formatted(nodes.brokerId, topic);
    try (MqttTestClient outside =
            MqttTestClient.connect(nodes.mosquitto.uri()).subscribe(topic, 1);
        UnfinishedRequest request = UnfinishedRequest.post(owner.port(), "/sends", send)) {
      owner.terminate();

      await()
          .atMost(Duration.ofSeconds(15))
          .until(() -> TwoNodes.connections(other).containsAll(nodes.brokerIds));
      assertThat(owner.isRunning()).isTrue();
      assertThat(request.finish()).isEqualTo(202);
      outside.await(1);
    }
    assertThat(owner.stop()).isEqualTo(143);
    owner.start();
  }

  private static String route(String name) {
    return """
    - route:
        id: %1$s
        from:
          uri: signal:receive?broker=b&topic=%1$s/in&durable=%1$s
          steps:
            - to: signal:send?broker=b&topic=%1$s/out&qos=1
    """
        .formatted(name);
  }

  private long waiting(String topic, String payload) {
    return api.post(
            "/sends",
            Map.of("brokerId", nodes.brokerId, "topic", topic, "payload", payload, "qos", 1))
        .expect(202)
        .json()
        .path("id")
        .asLong();
  }

  /** What happens to the node that has the connection, while messages come in and go out. */
  @FunctionalInterface
  private interface Loss {
    void of(ApplicationProcess owner, ApplicationProcess other) throws Exception;
  }

  @Test
  @Order(5)
  void given_messages_both_ways_when_the_owner_is_frozen_then_it_can_do_nothing_afterwards()
      throws Exception {
    loseOwner(
        (owner, other) -> {
          running.lost();
          owner.freeze();
          try {
            nodes.awaitOwner(other);
          } finally {
            owner.thaw();
          }
          await()
              .atMost(PATIENCE)
              .untilAsserted(
                  () -> assertThat(owner.log()).anyMatch(line -> line.contains("lost to another")));
          nodes.ask(owner);
        });
  }

  /** Leaves one node. */
  @Test
  @Order(6)
  void given_messages_both_ways_when_one_is_restarted_and_the_other_killed_then_nothing_is_lost()
      throws Exception {
    loseOwner(
        (owner, other) -> {
          owner.stop();
          nodes.awaitOwner(other);
          owner.start();
          nodes.ask(owner);
          running.awaitMoreSends();
          running.lost();
          other.kill();
          nodes.awaitOwner(owner);
        });
  }

  /**
   * As an operator does it, one node after the other. The newer version is the present one with a
   * migration that does all that the next one may.
   */
  @Test
  @Order(7)
  void given_messages_both_ways_when_nodes_are_replaced_by_a_newer_version_then_nothing_is_lost()
      throws Exception {
    Files.writeString(migrations.resolve("V9000__next.sql"), NEXT);
    nodes.startAgain();
    loseOwner(
        (owner, other) -> {
          other.stop();
          ApplicationProcess newest = newer(); // migrates while the old one records
          assertThat(TwoNodes.connections(owner)).as("the old one goes on").isNotEmpty();
          running.awaitMoreSends();
          owner.stop();
          nodes.awaitOwner(newest);
          owner.start(); // the old version over the newer tables
          newest.stop();
          nodes.ask(owner);
          nodes.awaitOwner(owner);
          running.awaitMoreSends();
          newest.start();
          owner.stop();
          nodes.ask(newest);
          nodes.awaitOwner(newest);
        });
  }

  private ApplicationProcess newer() throws Exception {
    ApplicationProcess node =
        nodes.add("--spring.flyway.locations=classpath:db/migration,filesystem:" + migrations);
    nodes.ask(node);
    return node;
  }

  private void loseOwner(Loss loss) throws Exception {
    ApplicationProcess owner = nodes.owner();
    ApplicationProcess other = nodes.other(owner);
    nodes.ask(other);
    try (MessagesBothWays messages = new MessagesBothWays(nodes)) {
      running = messages;
      loss.of(owner, other);
      messages.awaitAllDone();
    }
  }
}
