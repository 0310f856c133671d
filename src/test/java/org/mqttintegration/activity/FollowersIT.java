package org.mqttintegration.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.CamelContext;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mqttintegration.bridge.BridgeFixture;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.mqtt.AnsweringBroker;
import org.mqttintegration.routefile.check.RouteFileSettings;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.Ports;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.TestMail;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who follows a subscription, a signal or a route file is told of it, by mail and by webhook. */
@IntegrationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FollowersIT {

  private static final Duration LONG = Duration.ofSeconds(45);
  private static final String FILE = "followed.camel.yaml";
  private static final String ROUTE =
      """
      - route:
          id: followed
          description: Cannot make a number of what it gets
          from:
            uri: signal:receive
            parameters:
              broker: followed
            steps:
              - convertBodyTo:
                  type: java.lang.String
              - convertBodyTo:
                  type: java.lang.Integer
      """;

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired CamelContext camel;
  @Autowired JdbcClient database;
  @Autowired RouteFileSettings routeFiles;

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Queue<JsonNode>> posted = new ConcurrentHashMap<>();
  private GreenMail mail;
  private HttpServer hooks;

  @BeforeAll
  void start() throws IOException {
    mail = TestMail.start();
    hooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hooks.createContext("/", this::take);
    hooks.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      Queue<JsonNode> entries =
          posted.computeIfAbsent(
              exchange.getRequestURI().getPath().substring(1), n -> new ConcurrentLinkedQueue<>());
      json.readTree(exchange.getRequestBody()).path("entries").forEach(entries::add);
      exchange.sendResponseHeaders(204, -1);
    }
  }

  @AfterAll
  void stop() {
    mail.stop();
    hooks.stop(0);
  }

  @Test
  void given_a_subscription_when_it_is_refused_and_then_granted_then_its_followers_are_told()
      throws Exception {
    try (AnsweringBroker broker = new AnsweringBroker(2)) {
      broker.answerSubscriptions(0x87);
      long brokerId = broker("Followed subscriptions", broker);
      long id = api.create("/subscriptions", Map.of("brokerId", brokerId, "topic", "followed/#"));
      follow("subscriptions/" + id, "subscription", "all");
      follow("subscriptions/" + id, "subscription-warnings", "warnings");

      api.post("/subscriptions/%d/subscribe".formatted(id));
      awaitHook("subscription", "subscribe", "subscriptionRefused");
      broker.answerSubscriptions(null);
      api.post("/subscriptions/%d/unsubscribe".formatted(id));
      api.post("/subscriptions/%d/subscribe".formatted(id));
      awaitHook("subscription", "subscribe", "subscriptionRefused", "unsubscribe", "subscribed");
      api.delete("/subscriptions/" + id).expect(204);

      awaitHook("subscription", "subscriptionRefused", "subscribed", "removed");
      awaitMail("subscription", "subscription refused", "Not authorized", "subscribed", "removed");
      awaitMail("subscription-warnings", "subscription refused");
      assertHook("subscription-warnings").containsOnly("subscriptionRefused");
      api.delete("/brokers/%d?cascade=true".formatted(brokerId));
    }
  }

  @Test
  void given_a_signal_when_it_is_changed_and_not_sent_then_its_followers_are_told()
      throws Exception {
    try (AnsweringBroker broker = new AnsweringBroker(2)) {
      broker.answer(0x87);
      long brokerId = broker("Followed signals", broker);
      long id =
          api.create(
              "/signals",
              Map.of(
                  "name",
                  "Followed",
                  "brokerId",
                  brokerId,
                  "topic",
                  "a",
                  "qos",
                  1,
                  "payload",
                  "x"));
      follow("signals/" + id, "signal", "all");
      follow("signals/" + id, "signal-warnings", "warnings");

      api.patch("/signals/" + id, Map.of("topic", "b", "payload", "canary-of-followers"))
          .expect(200);
      api.sendAndWait("/signals/%d/send".formatted(id), null);

      awaitHook("signal", "changed", "sendRefused");
      awaitMail("signal", "topic: a → b", "payload: changed", "send refused", "Not authorized");
      assertMail("signal").doesNotContain("canary-of-followers");
      assertThat(posted.get("signal").toString()).doesNotContain("canary-of-followers");
      awaitMail("signal-warnings", "send refused");
      assertMail("signal-warnings").doesNotContain("topic: a");
      assertHook("signal-warnings").containsExactly("sendRefused");
      api.delete("/brokers/%d?cascade=true".formatted(brokerId));
    }
  }

  @Test
  void given_a_route_file_when_it_is_applied_rejected_and_has_dead_letters_then_they_are_told()
      throws Exception {
    try (BridgeFixture bridge = new BridgeFixture(api, brokers, local, camel, "followed")) {
      put(ROUTE);
      follow("route-files/" + FILE, "file", "all");
      put(ROUTE.replace("number", "count"));
      awaitHook("file", "fileApplied");

      bridge.publish("a", "canary-of-letters");
      awaitHook("file", "fileApplied", "deadLetter");
      Files.writeString(routeFiles.directory().resolve(FILE), ROUTE.replace("convertBodyTo", "no"));

      awaitHook("file", "fileApplied", "deadLetter", "fileRejected");
      awaitMail("file", "file applied", "dead letter", "of the route followed", "file rejected");
      assertMail("file").doesNotContain("canary-of-letters");
      api.delete("/route-files/" + FILE).expect(204);
      awaitHook("file", "fileRejected", "removed");
    }
    api.delete("/dead-letters?routeId=followed").expect(200);
  }

  @Test
  void given_a_follower_who_cannot_be_told_when_the_time_is_over_then_it_is_given_up_and_seen() {
    int nobody = Ports.free();
    long broker = api.create("/brokers", Map.of("name", "Given up", "host", "127.0.0.1"));
    String path = "/brokers/%d/followers".formatted(broker);
    String target = "http://127.0.0.1:%d/hook?token=canary-of-hooks".formatted(nobody);
    Map<String, Object> webhook =
        Map.of("type", "webhook", "target", target, "events", "none", "changes", false);
    long id = api.post(path, webhook).expect(201).json().path("id").asLong();
    follow("brokers/" + broker, "others", "all");
    api.post("/brokers/%d/thread".formatted(broker), Map.of("text", "Hello")).expect(201);
    await().atMost(LONG).until(() -> !follower(path, id).path("lastError").isNull());
    assertThat(follower(path, id).path("waiting").asInt()).isEqualTo(1);
    assertThat(follower(path, id).path("lastError").asText()).startsWith("No answer");

    database
        .sql("update delivery set expires_at = now() where follower_id = ? and sent_at is null")
        .param(id)
        .update();

    await().atMost(LONG).until(() -> follower(path, id).path("waiting").asInt() == 0);
    assertThat(follower(path, id).path("lastError").asText()).startsWith("Given up after 24 h");
    assertThat(follower(path, id).path("lastSentAt").isNull()).isTrue();
    JsonNode told =
        api.get("/audit?recordKind=broker&event=followerNotTold&recordId=" + broker)
            .json()
            .at("/items/0");
    assertThat(told.path("severity").asText()).isEqualTo("warning");
    assertThat(told.path("text").asText())
        .startsWith(
            "http://127.0.0.1:%d/hook was not told of 1 entry within 24 h".formatted(nobody))
        .doesNotContain("canary-of-hooks");
    api.post("/brokers/%d/thread".formatted(broker), Map.of("text", "Still there?")).expect(201);
    await().atMost(LONG).until(() -> follower(path, id).path("waiting").asInt() == 1);
    awaitMail("others", "Hello", "Still there?");
    assertMail("others").doesNotContain("not told");
    api.delete("/brokers/" + broker).expect(204);
  }

  private long broker(String name, AnsweringBroker broker) {
    long id =
        api.create("/brokers", Map.of("name", name, "host", "127.0.0.1", "port", broker.port()));
    await()
        .atMost(LONG)
        .until(
            () -> api.get("/brokers/" + id).json().path("liveStatus").asText().equals("connected"));
    return id;
  }

  private void put(String route) {
    api.send("PUT", "/route-files/" + FILE, route, Map.of("Content-Type", "text/yaml")).expect(200);
  }

  /** Has a mail address and a webhook of that name follow a record. */
  private void follow(String record, String name, String events) {
    boolean changes = events.equals("all");
    String hook = "http://127.0.0.1:%d/%s".formatted(hooks.getAddress().getPort(), name);
    for (Map.Entry<String, String> way :
        Map.of("mail", address(name), "webhook", hook).entrySet()) {
      api.post(
              "/%s/followers".formatted(record),
              Map.of(
                  "type",
                  way.getKey(),
                  "target",
                  way.getValue(),
                  "changes",
                  changes,
                  "events",
                  events))
          .expect(201);
    }
  }

  private static String address(String name) {
    return name + "@followers.example.org";
  }

  private JsonNode follower(String path, long id) {
    for (JsonNode follower : api.get(path).expect(200).json().path("items")) {
      if (follower.path("id").asLong() == id) {
        return follower;
      }
    }
    throw new AssertionError("no follower " + id);
  }

  private void awaitHook(String name, String... events) {
    await().atMost(LONG).untilAsserted(() -> assertHook(name).containsSubsequence(events));
  }

  private ListAssert<String> assertHook(String name) {
    return assertThat(
        posted.getOrDefault(name, new ConcurrentLinkedQueue<>()).stream()
            .map(entry -> entry.path("event").asText())
            .filter(event -> !event.startsWith("follower"))
            .toList());
  }

  private void awaitMail(String name, String... texts) {
    await().atMost(LONG).untilAsserted(() -> assertMail(name).contains(List.of(texts)));
  }

  private AbstractStringAssert<?> assertMail(String name) {
    return assertThat(TestMail.texts(mail, address(name)));
  }
}
