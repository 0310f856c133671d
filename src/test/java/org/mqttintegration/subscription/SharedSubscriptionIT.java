package org.mqttintegration.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.mqtt.ConnectionCounts;
import org.mqttintegration.mqtt.ConnectionKey;
import org.mqttintegration.mqtt.ConnectionStatus;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Messages that several connections to a broker share. */
@IntegrationTest
class SharedSubscriptionIT {

  private static final int MESSAGES = 60;

  private static Mosquitto mosquitto;

  @Autowired RestApi api;
  @Autowired MqttConnections connections;
  @Autowired JdbcClient sql;

  private final String topic = "shared-" + UUID.randomUUID();
  private long broker;
  private long subscription;

  @BeforeAll
  static void aBroker() throws Exception {
    mosquitto = Mosquitto.launch();
  }

  @AfterAll
  static void noBroker() {
    mosquitto.close();
  }

  @BeforeEach
  void aSharedSubscription() {
    broker = api.broker(topic, mosquitto.port(), Map.of("sharedConnections", 2));
    subscription =
        api.subscribe(Map.of("brokerId", broker, "topic", topic + "/#", "qos", 2, "shared", true));
  }

  @AfterEach
  void nothing() {
    api.delete("/brokers/" + broker + "?cascade=true").expect(204);
  }

  @Test
  void given_connections_that_share_when_messages_come_then_each_is_recorded_once_by_one_of_them()
      throws Exception {
    publish(0, MESSAGES);
    await().untilAsserted(() -> assertThat(recorded()).isEqualTo(payloads(0, MESSAGES)));
    assertThat(received(1)).isPositive();
    assertThat(received(2)).isPositive();
    assertThat(received(1) + received(2)).isEqualTo(MESSAGES);
    assertThat(connections.counts(ConnectionKey.of(broker)).map(ConnectionCounts::received))
        .hasValue(0L);
  }

  @Test
  void given_messages_come_when_fewer_connections_share_and_then_none_then_all_are_recorded_once()
      throws Exception {
    publish(0, 20);
    await().untilAsserted(() -> assertThat(recorded()).isEqualTo(payloads(0, 20)));
    share(1);
    assertThat(connections.status(ConnectionKey.of(broker, 2)).state())
        .isEqualTo(ConnectionStatus.State.DISCONNECTED);
    publish(20, 40);
    await().untilAsserted(() -> assertThat(recorded()).isEqualTo(payloads(0, 40)));
    share(0);
    publish(40, MESSAGES);
    await().untilAsserted(() -> assertThat(recorded()).isEqualTo(payloads(0, MESSAGES)));
    assertThat(connections.counts(ConnectionKey.of(broker)).map(ConnectionCounts::received))
        .hasValue(20L);
  }

  @Test
  void given_it_is_shared_when_it_no_longer_is_then_the_brokers_own_connection_receives_all()
      throws Exception {
    api.patch("/subscriptions/" + subscription, Map.of("shared", false)).expect(200);
    await().until(this::isSubscribed);
    await().until(() -> endedFilters().isEmpty()); // the shares are unsubscribed
    publish(0, MESSAGES);
    await().untilAsserted(() -> assertThat(recorded()).isEqualTo(payloads(0, MESSAGES)));
    assertThat(received(1) + received(2)).isZero();
  }

  @Test
  void given_it_is_no_longer_wanted_when_the_broker_is_asked_then_no_connection_has_a_share()
      throws Exception {
    api.post("/subscriptions/" + subscription + "/unsubscribe").expect(200);
    await().until(() -> endedFilters().isEmpty());
    publish(0, MESSAGES);
    try (MqttTestClient other =
        MqttTestClient.connect(mosquitto.uri()).subscribe(topic + "/#", 1)) {
      publish(MESSAGES, MESSAGES + 1);
      other.await(1);
    }
    assertThat(received(1) + received(2)).isZero();
  }

  @Test
  void given_a_shared_subscription_when_it_has_no_local_or_a_group_then_it_is_refused() {
    String path = "/subscriptions/" + subscription;
    assertThat(faults(path, Map.of("noLocal", true))).containsExactly("noLocal");
    assertThat(faults(path, Map.of("topic", "$share/mine/a"))).containsExactly("topic");
  }

  private List<String> faults(String path, Map<String, Object> change) {
    return api.patch(path, change)
        .expectProblem(400, "invalid-request")
        .json()
        .path("errors")
        .findValuesAsText("field");
  }

  private void share(int connections) {
    api.patch("/brokers/" + broker, Map.of("sharedConnections", connections)).expect(200);
    await().until(this::isSubscribed);
  }

  private boolean isSubscribed() {
    return api.get("/subscriptions/" + subscription).json().path("subscribed").asBoolean();
  }

  private void publish(int from, int to) throws Exception {
    try (MqttTestClient client = MqttTestClient.connect(mosquitto.uri())) {
      for (String payload : payloads(from, to)) {
        client.publish(topic + "/a", payload, 2);
      }
    }
  }

  private static List<String> payloads(int from, int to) {
    return IntStream.range(from, to).mapToObj(number -> "%03d".formatted(number)).toList();
  }

  private List<String> recorded() {
    return sql.sql(
            """
            select convert_from(payload, 'UTF8') from history
            where subscription_id = ? and direction = 'receive' order by 1
            """)
        .param(subscription)
        .query(String.class)
        .list();
  }

  private List<String> endedFilters() {
    return sql.sql("select topic from ended_filter where broker_id = ?")
        .param(broker)
        .query(String.class)
        .list();
  }

  private long received(int share) {
    return Stream.of(connections.counts(ConnectionKey.of(broker, share)))
        .flatMap(Optional::stream)
        .mapToLong(ConnectionCounts::received)
        .sum();
  }
}
