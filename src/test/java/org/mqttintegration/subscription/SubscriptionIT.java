package org.mqttintegration.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.broker.BrokerRequest;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.subscription.Subscription.Status;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class SubscriptionIT {

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired SubscriptionService subscriptions;
  @Autowired LocalBroker local;
  @Autowired CamelContext camel;
  @Autowired ObjectMapper json;
  @Autowired JdbcClient sql;

  private final List<String> routes = new ArrayList<>();
  private long broker;

  @BeforeEach
  void aBroker() {
    broker = broker("subscriptions", local.port());
  }

  @AfterEach
  void noBroker() {
    brokers.delete(broker, true);
    assertThat(camel.getRoutes()).noneMatch(route -> routes.contains(route.getRouteId()));
  }

  @Test
  void given_a_subscription_when_subscribed_then_messages_are_recorded_for_it() throws Exception {
    long id = create("sub it/#", 1);
    Subscription subscribed = subscriptions.subscribe(id);
    assertThat(subscribed.subscriptionStatus()).isEqualTo(Status.SUBSCRIBED);
    assertThat(subscribed.subscriptionTime()).isNotNull();
    assertThat(subscribed.grantedQos()).isOne();
    await().until(() -> stored(id) != null);
    try (MqttTestClient client = MqttTestClient.connect(local.uri())) {
      client.publish("sub it/a", "x", 1);
    }
    await().until(() -> recorded(id) == 1);
    Subscription unsubscribed = subscriptions.unsubscribe(id);
    assertThat(unsubscribed.subscriptionStatus()).isEqualTo(Status.UNSUBSCRIBED);
    assertThat(camel.getRoute("subscription-" + id)).isNull();
  }

  @Test
  void given_it_is_subscribed_when_its_topic_changes_then_the_new_one_is_received()
      throws Exception {
    long id = create("swap/a", 1);
    subscriptions.subscribe(id);
    subscriptions.patch(id, json.readTree("{\"topic\":\"swap/b\"}"));
    await().until(() -> subscriptions.get(id).subscribed());
    try (MqttTestClient client = MqttTestClient.connect(local.uri())) {
      client.publish("swap/a", "x", 1).publish("swap/b", "x", 1);
    }
    await().until(() -> recorded(id) == 1);
    assertThat(topics(id)).containsExactly("swap/b");
    subscriptions.delete(id);
    assertThat(camel.getRoute("subscription-" + id)).isNull();
  }

  @Test
  void given_no_broker_answers_when_subscribed_then_it_stays_wanted_and_says_why() {
    long away = broker("away", 1);
    long id =
        subscriptions
            .create(new SubscriptionRequest(away, "a", 0, false, false, 0, null, null))
            .id();
    long start = System.nanoTime();
    Subscription subscription = subscriptions.subscribe(id);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    assertThat(subscription.subscriptionStatus()).isEqualTo(Status.SUBSCRIBING);
    assertThat(subscription.subscriptionInProgress()).isTrue();
    assertThat(subscription.statusMessage()).contains("waiting for the connection");
    brokers.delete(away, true);
    assertThat(camel.getRoute("subscription-" + id)).isNull();
  }

  @Test
  void given_a_wanted_filter_when_it_ends_then_it_is_noted_until_the_broker_is_without_it() {
    long away = brokers.create(BrokerRequest.of("away-for-good", null, "localhost", 1, null)).id();
    long id =
        subscriptions
            .create(new SubscriptionRequest(away, "first", 0, false, false, 0, null, null))
            .id();
    subscriptions.unsubscribe(id);
    assertThat(endedFilters(away)).as("it was never wanted").isEmpty();
    subscriptions.subscribe(id);
    subscriptions.replace(
        id, new SubscriptionRequest(away, "first", 1, false, false, 0, null, null));
    assertThat(endedFilters(away)).as("the same filter").isEmpty();
    subscriptions.replace(
        id, new SubscriptionRequest(away, "second", 0, false, false, 0, null, null));
    assertThat(endedFilters(away)).containsExactly("first");
    subscriptions.delete(id);
    assertThat(endedFilters(away)).containsExactlyInAnyOrder("first", "second");
    brokers.patch(
        away, json.createObjectNode().put("host", local.host()).put("port", local.port()));
    await().untilAsserted(() -> assertThat(endedFilters(away)).as("a new session").isEmpty());
    brokers.delete(away, true);
  }

  private List<String> endedFilters(long broker) {
    return sql.sql("select topic from ended_filter where broker_id = :id")
        .param("id", broker)
        .query(String.class)
        .list();
  }

  @Test
  void given_equal_filters_at_a_broker_when_stored_at_once_then_one_wins() throws Exception {
    String filter = "x".repeat(60_000);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<ProblemException> refusals = new ArrayList<>();
    try {
      List<Future<Long>> futures = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        futures.add(threads.submit(() -> create(filter, 0)));
      }
      for (Future<Long> future : futures) {
        try {
          future.get();
        } catch (java.util.concurrent.ExecutionException e) {
          refusals.add((ProblemException) e.getCause());
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(refusals)
        .hasSize(5)
        .allSatisfy(
            problem -> {
              assertThat(problem.type()).isEqualTo(ProblemType.CONFLICT);
              assertThat(problem.errors()).extracting(FieldError::field).containsExactly("topic");
            });
  }

  @Test
  void given_concurrent_wishes_when_all_are_done_then_the_route_is_there_if_it_is_wanted()
      throws Exception {
    long id = create("wishes", 0);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        boolean wanted = i % 2 == 0;
        futures.add(
            threads.submit(
                () -> wanted ? subscriptions.subscribe(id) : subscriptions.unsubscribe(id)));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
    boolean wanted =
        sql.sql("select wanted from subscription where id = :id")
            .param("id", id)
            .query(Boolean.class)
            .single();
    assertThat(camel.getRoute("subscription-" + id) != null).isEqualTo(wanted);
  }

  @Test
  void given_requests_that_cannot_be_when_stored_then_the_fields_are_named() {
    assertThat(fields("{\"brokerId\":999999,\"topic\":\"a/#/b\"}"))
        .containsExactly("brokerId", "topic");
    assertThat(fields("null")).containsExactly("");
    assertThat(api.get("/subscriptions?brokerId=" + broker).json().get("total").asInt()).isZero();
  }

  @Test
  void given_subscriptions_when_listed_then_filters_count() {
    create("plant/a", 0);
    create("PLANT/b", 0);
    create("hall/c", 0);
    assertThat(
            api.get("/subscriptions?topic=plant&sort=-id&brokerId=" + broker)
                .json()
                .get("items")
                .findValuesAsText("displayName"))
        .containsExactly("PLANT/b @ subscriptions", "plant/a @ subscriptions");
  }

  private List<String> fields(String body) {
    return api.post("/subscriptions", body)
        .expectProblem(400, "invalid-request")
        .json()
        .get("errors")
        .findValuesAsText("field");
  }

  private long create(String topic, int qos) {
    long id =
        subscriptions
            .create(new SubscriptionRequest(broker, topic, qos, false, false, 0, null, null))
            .id();
    routes.add("subscription-" + id);
    return id;
  }

  private long broker(String name, int port) {
    return brokers.create(BrokerRequest.of(name, null, local.host(), port, null)).id();
  }

  private Object stored(long id) {
    return sql.sql("select subscription_time from subscription where id = :id")
        .param("id", id)
        .query(java.time.OffsetDateTime.class)
        .optional()
        .orElse(null);
  }

  private long recorded(long id) {
    return topics(id).size();
  }

  private List<String> topics(long id) {
    return sql.sql("select topic from history where subscription_id = :id")
        .param("id", id)
        .query(String.class)
        .list();
  }
}
