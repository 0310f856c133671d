package org.mqttintegration.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.broker.BrokerRequest;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.MqttTestClient.Received;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Sends whose broker is away. */
@IntegrationTest
class WaitingSendsIT {

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired JdbcClient database;
  @Autowired SendBacklog backlog;
  @Autowired TransactionOperations transactions;

  private long broker;

  @BeforeEach
  void aBrokerThatIsAway() {
    broker = brokers.create(BrokerRequest.of("waiting", null, local.host(), 1, null)).id();
  }

  @AfterEach
  void noBroker() {
    database.sql("delete from send where broker_id = ?").param(broker).update();
    brokers.delete(broker, true);
  }

  @Test
  void given_sends_that_waited_when_the_broker_is_back_then_they_go_in_order_of_each_topic()
      throws Exception {
    long last = 0;
    for (int i = 0; i < 300; i++) {
      last = accept("waited/" + i % 2, Integer.toString(i), Map.of());
    }
    try (MqttTestClient client = MqttTestClient.connect(local.uri()).subscribe("waited/#", 1)) {
      assertThat(api.get("/sends/" + last).json().path("status").asText()).isEqualTo("queued");
      comesBack();
      List<Received> received = client.await(300);
      for (int topic = 0; topic < 2; topic++) {
        String name = "waited/" + topic;
        assertThat(received.stream().filter(r -> r.topic().equals(name)).map(Received::text))
            .containsExactlyElementsOf(
                IntStream.iterate(topic, i -> i < 300, i -> i + 2).mapToObj(i -> "" + i).toList());
      }
    }
    await().until(() -> count("delivered") == 300);
    assertThat(
            database
                .sql("select count(*) from history where broker_id = ?")
                .param(broker)
                .query(Long.class)
                .single())
        .isEqualTo(300);
  }

  @Test
  void given_a_life_when_it_is_over_before_the_broker_is_back_then_it_is_expired_and_never_sent()
      throws Exception {
    long life = accept("life", "long", Map.of("messageExpiryInterval", 600));
    long over = accept("life", "short", Map.of("messageExpiryInterval", 1));
    await().until(() -> status(over).equals("expired"));
    try (MqttTestClient client = MqttTestClient.connect(local.uri()).subscribe("life", 1)) {
      comesBack();
      await().until(() -> status(life).equals("delivered"));
      assertThat(client.await(1))
          .singleElement()
          .satisfies(
              message -> {
                assertThat(message.text()).isEqualTo("long");
                assertThat(message.properties().getMessageExpiryInterval()).isBetween(500L, 599L);
              });
    }
  }

  @Test
  void given_a_send_that_waits_when_cancelled_then_it_is_never_sent() throws Exception {
    long cancelled = accept("cancelled", "no", Map.of());
    long other = accept("cancelled", "yes", Map.of());

    api.delete("/sends/" + cancelled).expect(204);

    assertThat(status(cancelled)).isEqualTo("cancelled");
    api.delete("/sends/" + cancelled).expectProblem(409, "conflict");
    try (MqttTestClient client = MqttTestClient.connect(local.uri()).subscribe("cancelled", 1)) {
      comesBack();
      await().until(() -> status(other).equals("delivered"));
      assertThat(client.await(1)).extracting(Received::text).containsExactly("yes");
    }
    api.delete("/sends/" + other).expectProblem(409, "conflict");
    api.delete("/sends/999999999").expectProblem(404, "not-found");
  }

  @Test
  void given_sends_that_wait_when_the_broker_shall_be_deleted_then_they_hold_it_or_are_cancelled() {
    long id = accept("removed", "x", Map.of());

    JsonNode problem = api.delete("/brokers/" + broker).expectProblem(409, "conflict").json();
    assertThat(problem.path("detail").asText()).contains("1 waiting send");
    api.delete("/brokers/" + broker + "?cascade=true").expect(204);

    assertThat(status(id)).isEqualTo("cancelled");
    aBrokerThatIsAway();
  }

  @Test
  void given_as_many_as_may_wait_when_one_more_is_sent_then_it_is_refused_for_now() {
    accept("full", "x", Map.of());
    database
        .sql(
            """
            insert into send (id, broker_id, topic, payload, payload_size, qos, retain, status, accepted_at, expires_at)
            select nextval('send_id_seq'), :broker, 'full', '', 0, 1, false, 'queued', now(), now() + interval '1 hour'
            from generate_series(1, 5000)
            """)
        .param("broker", broker)
        .update();
    await().until(() -> backlog.of(broker) > 5_000);

    RestApi.Answer refused =
        api.post("/sends", message("full", "y", Map.of())).expectProblem(429, "too-many-sends");

    assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
  }

  @Test
  void given_one_key_when_50_requests_come_with_it_at_once_then_it_is_sent_once() throws Exception {
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "Idempotency-Key", "key-" + broker);
    Map<String, Object> message = message("once", "x", Map.of());
    List<Thread> threads = new ArrayList<>();
    List<RestApi.Answer> answers = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 50; i++) {
      Thread thread = new Thread(() -> answers.add(api.send("POST", "/sends", message, headers)));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(answers).hasSize(50).extracting(RestApi.Answer::status).containsOnly(202);
    assertThat(answers.stream().map(a -> a.header("Location")).distinct()).hasSize(1);
    assertThat(count("queued")).isOne();
    api.send("POST", "/sends", message("once", "y", Map.of()), headers)
        .expectProblem(422, "idempotency-key-reused");
    api.send(
            "POST",
            "/sends",
            message,
            Map.of("Content-Type", "application/json", "Idempotency-Key", "a b"))
        .expectProblem(400, "invalid-request");
    try (MqttTestClient client = MqttTestClient.connect(local.uri()).subscribe("once", 1)) {
      comesBack();
      client.await(1);
      Map<String, String> waiting = new java.util.HashMap<>(headers);
      waiting.put("Prefer", "respond-async, wait=10");
      JsonNode again = api.send("POST", "/sends", message, waiting).expect(200).json();
      assertThat(again.path("status").asText()).isEqualTo("delivered");
      assertThat(client.received()).hasSize(1);
    }
  }

  @Test
  void given_a_key_of_one_account_when_another_has_the_same_then_each_is_sent() {
    Map<String, String> key = Map.of("Idempotency-Key", "order-" + broker);
    String name = "keys-" + broker;
    RestApi other = api.account(name, "operator", true);

    String first = keyed(api, "x", key).header("Location");
    String second = keyed(other, "y", key).header("Location");

    assertThat(second).isNotEqualTo(first);
    assertThat(keyed(api, "x", key).header("Location")).isEqualTo(first);
    assertThat(keyed(other, "y", key).header("Location")).isEqualTo(second);
    assertThat(count("queued")).isEqualTo(2);
  }

  private RestApi.Answer keyed(RestApi who, String payload, Map<String, String> key) {
    Map<String, String> headers = new java.util.HashMap<>(key);
    headers.put("Content-Type", "application/json");
    return who.send("POST", "/sends", message("keyed", payload, Map.of()), headers).expect(202);
  }

  @Test
  void given_a_key_whose_request_is_still_running_when_it_comes_again_then_that_is_said() {
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "Idempotency-Key", "running");
    transactions.executeWithoutResult(
        status -> {
          database
              .sql("insert into idempotency_key values ('account admin', 'running', '', 0, now())")
              .update();
          api.send("POST", "/sends", message("once", "x", Map.of()), headers)
              .expectProblem(409, "conflict");
          status.setRollbackOnly();
        });
    assertThat(count("queued")).isZero();
  }

  @Test
  void given_a_broker_that_is_away_when_another_is_sent_to_then_that_one_goes() throws Exception {
    accept("away", "x", Map.of());
    long other =
        brokers
            .create(BrokerRequest.of("waiting-other", null, local.host(), local.port(), null))
            .id();
    JsonNode sent =
        api.sendAndWait("/sends", Map.of("brokerId", other, "topic", "here", "qos", 1))
            .expect(200)
            .json();
    assertThat(sent.path("status").asText()).isEqualTo("delivered");
    assertThat(count("queued")).isOne();
    brokers.delete(other, true);
  }

  private void comesBack() {
    api.patch("/brokers/" + broker, Map.of("port", local.port())).expect(200);
  }

  private long count(String status) {
    return database
        .sql("select count(*) from send where broker_id = ? and status = ?")
        .param(broker)
        .param(status)
        .query(Long.class)
        .single();
  }

  private String status(long id) {
    return api.get("/sends/" + id).expect(200).json().path("status").asText();
  }

  private long accept(String topic, String payload, Map<String, Object> properties) {
    return api.post("/sends", message(topic, payload, properties))
        .expect(202)
        .json()
        .path("id")
        .asLong();
  }

  private Map<String, Object> message(
      String topic, String payload, Map<String, Object> properties) {
    return Map.of(
        "brokerId", broker, "topic", topic, "payload", payload, "qos", 1, "properties", properties);
  }
}
