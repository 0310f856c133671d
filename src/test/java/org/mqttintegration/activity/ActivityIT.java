package org.mqttintegration.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.mqtt.ConnectionChanged;
import org.mqttintegration.mqtt.ConnectionStatus;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.Ports;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Threads, followers and activities over REST. */
@IntegrationTest
class ActivityIT {

  private static final Duration LONG = Duration.ofSeconds(30);

  @Autowired RestApi api;
  @Autowired LocalBroker localBroker;
  @Autowired RecordEvents events;
  @Autowired ConnectionStory connections;
  @Autowired JdbcClient database;

  /** What a webhook got. */
  private record Post(String body, String signature, String delivery) {}

  private long broker(String name) {
    return api.create(
        "/brokers", Map.of("name", name, "host", localBroker.host(), "port", localBroker.port()));
  }

  @Test
  void
      given_a_webhook_when_it_answers_500_and_then_200_then_it_has_the_signed_post_and_the_secret_is_hidden()
          throws Exception {
    Queue<Post> posts = new ConcurrentLinkedQueue<>();
    AtomicInteger count = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          posts.add(
              new Post(
                  new String(exchange.getRequestBody().readAllBytes()),
                  exchange.getRequestHeaders().getFirst(WebhookDelivery.SIGNATURE),
                  exchange.getRequestHeaders().getFirst("X-Delivery")));
          exchange.sendResponseHeaders(count.incrementAndGet() == 1 ? 500 : 200, -1);
          exchange.close();
        });
    server.start();
    try {
      long broker = broker("Webhook");
      String url = "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort());
      String path = "/brokers/%d/followers".formatted(broker);
      JsonNode follower =
          api.post(
                  path,
                  Map.of(
                      "type", "webhook", "target", url, "events", "none", "secret", "hook-canary"))
              .expect(201)
              .json();
      assertThat(follower.path("secretSet").asBoolean()).isTrue();
      api.patch("/brokers/" + broker, Map.of("note", "tell")).expect(200);

      await().atMost(LONG).until(() -> posts.stream().anyMatch(p -> p.body().contains("\"tell\"")));
      await()
          .atMost(LONG)
          .untilAsserted(
              () -> {
                JsonNode told = api.get(path).json().at("/items/0");
                assertThat(told.path("lastSentAt").isNull()).isFalse();
                assertThat(told.path("lastError").isNull()).isTrue();
                assertThat(told.path("waiting").asInt()).isZero();
              });
      Post post = posts.element(); // it was answered 500
      assertThat(post.delivery()).isNotNull();
      assertThat(posts.stream().filter(post::equals)).hasSize(2);
      assertThat(post.signature())
          .isEqualTo(WebhookDelivery.signature("hook-canary", post.body().getBytes()));
      assertThat(api.get("/audit/export?recordId=" + broker).text() + api.get(path).text())
          .doesNotContain("hook-canary");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void given_a_webhook_at_an_address_that_is_refused_when_told_then_its_state_says_why() {
    long broker = broker("Refused webhook");
    String path = "/brokers/%d/followers".formatted(broker);
    api.post(path, Map.of("type", "webhook", "target", "http://169.254.169.254/latest"))
        .expect(201);
    api.post("/brokers/%d/thread".formatted(broker), Map.of("text", "Hello")).expect(201);

    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(api.get(path).json().at("/items/0/lastError").asText())
                    .contains("must not be connected to"));
  }

  @Test
  void
      given_floods_of_failures_and_a_flapping_connection_when_told_then_a_few_entries_count_them() {
    long broker = broker("Flood");
    RecordRef record = RecordRef.of(RecordKind.BROKER, broker, "Flood");
    ConnectionStatus away =
        new ConnectionStatus(ConnectionStatus.State.CONNECTING, Instant.now(), null);
    ConnectionStatus there =
        new ConnectionStatus(ConnectionStatus.State.CONNECTED, Instant.now(), null);
    String key = Long.toString(broker);
    for (int i = 0; i < 10_000; i++) {
      events.happened(RecordEvent.failure(record, "deadLetter", "Dead letter " + i));
      connections.on(
          new ConnectionChanged(
              key, away, null, false, Instant.EPOCH, new ConnectionChanged.Failure("cut", false)));
      connections.on(new ConnectionChanged(key, there, true, false, Instant.EPOCH, null));
    }

    await().atMost(LONG).until(() -> told(broker).contains("deadLetter"));
    await()
        .during(Duration.ofSeconds(2))
        .atMost(LONG)
        .untilAsserted(
            () -> {
              assertThat(told(broker)).hasSizeLessThan(15);
              assertThat(told(broker)).containsOnlyOnce("deadLetter");
            });
  }

  private List<String> told(long broker) {
    List<String> told = new ArrayList<>();
    api.pages(
        "/brokers/%d/thread?limit=500".formatted(broker), e -> told.add(e.path("event").asText()));
    return told;
  }

  @Test
  void given_a_change_that_changes_nothing_when_stored_then_the_thread_says_nothing() {
    long broker = broker("Nothing");
    api.patch("/brokers/" + broker, Map.of("host", localBroker.host())).expect(200);
    assertThat(told(broker)).doesNotContain("changed").contains("created");
  }

  @Test
  void given_an_activity_when_it_is_put_off_and_done_then_lists_and_the_thread_say_so() {
    long broker = broker("Activities");
    String path = "/brokers/%d/activities".formatted(broker);
    String me =
        api.post("/brokers/%d/thread".formatted(broker), Map.of("text", "Who am I?"))
            .expect(201)
            .json()
            .path("actor")
            .asText();
    long id =
        api.create(
            path,
            Map.of("summary", "Call them", "type", "call", "dueOn", "2020-01-01", "assignee", me));
    assertThat(ids("/activities?assignee=me&due=2020-01-02")).contains(id);
    assertThat(ids("/activities?state=overdue&assignee=" + me)).contains(id);

    assertThat(
            api.patch("/activities/" + id, Map.of("dueOn", "2131-01-01"))
                .json()
                .path("state")
                .asText())
        .isEqualTo("planned");
    assertThat(ids("/activities?assignee=me&due=2020-01-02")).doesNotContain(id);
    api.post("/activities/%d/done".formatted(id), Map.of("feedback", "They know.")).expect(200);
    api.post("/activities/%d/cancel".formatted(id)).expectProblem(409, "conflict");

    assertThat(ids("/activities?assignee=me")).doesNotContain(id);
    assertThat(ids(path)).contains(id);
    assertThat(told(broker)).contains("activityOpened", "activityChanged", "activityDone");
    api.post(path, Map.of("summary", "x", "dueOn", "2020-01-01", "assignee", "nobody-at-all"))
        .expectProblem(400, "invalid-request");
    api.post(path, Map.of("summary", "x", "dueOn", "2020-13-01"))
        .expectProblem(400, "invalid-request");
  }

  @Test
  void given_an_outage_that_lasts_when_its_broker_is_removed_then_its_activity_is_cancelled() {
    long broker =
        api.create("/brokers", Map.of("name", "Outage", "host", "127.0.0.1", "port", Ports.free()));
    database
        .sql(
            """
            insert into outage (broker_id, since, reason) values (?, now() - interval '1 hour', 'away')
            on conflict (broker_id) do update set since = excluded.since
            """)
        .param(broker)
        .update();
    String path = "/brokers/%d/activities".formatted(broker);
    await().atMost(LONG).until(() -> !ids(path).isEmpty());
    long activity = ids(path).get(0);

    api.delete("/brokers/" + broker).expect(204);

    JsonNode cancelled = api.get("/activities/" + activity).expect(200).json();
    assertThat(cancelled.path("type").asText()).isEqualTo("outage");
    assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
    assertThat(cancelled.path("feedback").asText()).isEqualTo("The broker was removed.");
    assertThat(ids("/activities?assignee=" + RestApi.USER)).doesNotContain(activity);
    await().during(Duration.ofSeconds(2)).atMost(LONG).until(() -> outages(broker) == 0);
  }

  private int outages(long broker) {
    return database
        .sql("select count(*) from outage where broker_id = ?")
        .param(broker)
        .query(Integer.class)
        .single();
  }

  private List<Long> ids(String path) {
    List<Long> ids = new ArrayList<>();
    api.get(path)
        .expect(200)
        .json()
        .path("items")
        .forEach(item -> ids.add(item.path("id").asLong()));
    return ids;
  }

  @Test
  void given_an_account_when_it_changes_then_the_audit_tells_what_and_never_a_password() {
    String name = "audited-" + UUID.randomUUID().toString().substring(0, 8);
    long id =
        api.create(
            "/users", Map.of("name", name, "password", "canary-of-accounts-1", "role", "viewer"));
    api.patch("/users/" + id, Map.of("role", "operator")).expect(200);
    api.put("/users/%d/password".formatted(id), Map.of("password", "canary-of-accounts-2"))
        .expect(204);
    api.delete("/users/" + id).expect(204);

    RestApi.Answer audit = api.get("/audit?recordKind=user&recordId=" + name).expect(200);

    assertThat(audit.json().path("items"))
        .extracting(entry -> entry.path("event").asText())
        .containsExactly("removed", "passwordChanged", "changed", "created");
    assertThat(audit.json().at("/items/2/changes/0").toString())
        .isEqualTo("{\"field\":\"role\",\"old\":\"viewer\",\"new\":\"operator\",\"hidden\":false}");
    assertThat(audit.text()).doesNotContain("canary-of-accounts");
  }

  @Test
  void given_no_such_record_when_its_thread_is_asked_for_then_it_is_not_found() {
    api.get("/brokers/999999/thread").expectProblem(404, "not-found");
    api.get("/brokers/abc/followers").expectProblem(404, "not-found");
    api.get("/schedules/1/thread").expectProblem(404, "not-found");
    api.get("/route-files/nothing.camel.yaml/activities").expectProblem(404, "not-found");
  }

  @Test
  void given_a_signal_when_removed_then_the_audit_still_tells_and_its_payload_never() {
    long broker = broker("Audited");
    long signal =
        api.create(
            "/signals",
            Map.of(
                "name", "=SUM(A1)", "brokerId", broker, "topic", "a", "payload", "payload-canary"));
    api.patch("/signals/" + signal, Map.of("payload", "payload-canary-2")).expect(200);
    api.delete("/signals/" + signal).expect(204);

    String query = "recordKind=signal&recordId=" + signal;
    assertThat(ids("/audit?field=payload&" + query)).hasSize(3);
    String csv = api.get("/audit/export?format=csv&" + query).expect(200).text();
    assertThat(csv).contains(",'=SUM(A1),").doesNotContain("payload-canary");
    assertThat(csv.lines()).hasSize(4);
    api.get("/signals/%d/thread".formatted(signal)).expectProblem(404, "not-found");
  }
}
