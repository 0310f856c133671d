package org.mqttintegration.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.info.BuildProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;

/** What a node can do when another has taken what it had. */
@IntegrationTest
class FenceIT {

  private final UUID other = UUID.randomUUID();
  private final String topic = "fence/" + UUID.randomUUID();

  @Autowired RestApi api;
  @Autowired LocalBroker broker;
  @Autowired JdbcClient database;
  @Autowired NodeDatabase connections;
  @Autowired NodeSettings settings;
  @Autowired ObjectProvider<BuildProperties> build;

  @AfterEach
  void endOther() {
    database.sql("delete from node where id = ?").param(other).update();
    database.sql("delete from lease where name like 'test/%'").update();
  }

  @Test
  void given_another_node_took_the_connection_when_a_message_comes_then_it_is_not_recorded_here()
      throws Exception {
    long brokerId =
        api.create("/brokers", Map.of("name", topic, "host", broker.host(), "port", broker.port()));
    long subscription = api.subscribe(brokerId, topic + "/in", 1);
    try (MqttTestClient outside =
        MqttTestClient.connect(broker.uri()).subscribe(topic + "/out", 2)) {
      otherStarts();
      otherTakes("connection/" + brokerId);
      outside.publishAsync(topic + "/in", new byte[] {1}, 1, false, new MqttProperties());
      long send =
          api.post(
                  "/sends",
                  Map.of("brokerId", brokerId, "topic", topic + "/out", "payload", "x", "qos", 2))
              .expect(202)
              .json()
              .path("id")
              .asLong();
      await()
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(4))
          .until(() -> recorded(subscription) == 0 && status(send).equals("queued"));

      database.sql("update node set stopped_at = now() where id = ?").param(other).update();
      await().atMost(Duration.ofSeconds(30)).until(() -> recorded(subscription) == 1);
      await().atMost(Duration.ofSeconds(30)).until(() -> status(send).equals("delivered"));
      await()
          .during(Duration.ofMillis(300))
          .untilAsserted(() -> assertThat(outside.texts()).containsExactly("x"));
    }
  }

  @Test
  void given_a_transaction_that_ends_when_another_claims_then_it_is_committed_before()
      throws Exception {
    LeaseStore first = store("first");
    Lease lease = first.claim("test/" + topic);
    try (Connection working = begin(lease)) {
      CompletableFuture<Lease> claim =
          CompletableFuture.supplyAsync(() -> store("second").claim(lease.name()));
      await().during(Duration.ofMillis(300)).until(() -> !claim.isDone());
      working.commit();
      assertThat(claim.join().epoch()).isEqualTo(lease.epoch() + 1);
    }
    try (Connection late = connections.open()) {
      assertThat(fenced(late, lease)).isTrue();
    }
  }

  @Test
  void given_a_node_frozen_in_a_transaction_when_another_claims_then_that_can_not_be_committed()
      throws Exception {
    Lease lease = store("first").claim("test/" + topic);
    try (Connection frozen = begin(lease)) {
      Lease claimed = store("second").claim(lease.name());
      assertThat(claimed.epoch()).isEqualTo(lease.epoch() + 1);
      assertThatThrownBy(frozen::commit).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void given_a_restart_under_the_same_run_when_claimed_again_then_the_epoch_stays() {
    LeaseStore store = store("first");
    Lease lease = store.claim("test/" + topic);
    assertThat(store.claim(lease.name()).epoch()).isEqualTo(lease.epoch());
    store.release(lease);
    assertThat(store.claim(lease.name()).epoch()).isEqualTo(lease.epoch() + 1);
  }

  private LeaseStore store(String name) {
    NodeSettings own = new NodeSettings(name, settings.leaseTime());
    return new LeaseStore(connections, new ThisNode(own, new MockEnvironment(), build), own);
  }

  private Connection begin(Lease lease) throws SQLException {
    Connection connection = connections.open();
    connection.setAutoCommit(false);
    assertThat(fenced(connection, lease)).isFalse();
    return connection;
  }

  private static boolean fenced(Connection connection, Lease lease) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select fenced(array[?], array[?])")) {
      statement.setString(1, lease.name());
      statement.setLong(2, lease.epoch());
      return statement.executeQuery().next();
    }
  }

  /** One that has just started, so that it gets no share of what others have. */
  private void otherStarts() {
    database
        .sql(
            """
            insert into node (id, name, version, started_at, seen_at)
            values (:id, :id::text, 'x', now() + interval '1 hour', now())
            """)
        .param("id", other)
        .update();
  }

  private void otherTakes(String lease) {
    database
        .sql("update lease set owner = :owner, epoch = epoch + 1 where name = :name")
        .param("owner", other)
        .param("name", lease)
        .update();
  }

  private long recorded(long subscription) {
    return database
        .sql("select count(*) from history where subscription_id = ?")
        .param(subscription)
        .query(Long.class)
        .single();
  }

  private String status(long send) {
    return api.get("/sends/" + send).expect(200).json().path("status").asText();
  }
}
