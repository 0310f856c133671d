package org.mqttintegration.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;

/** What became of a message. */
@IntegrationTest
class JourneyIT {

  private static final String FILE = "journey.camel.yaml";
  private static final String SECRET = "journeySecret4711";

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired CamelContext camel;

  private final AtomicInteger refusals = new AtomicInteger();
  private BridgeFixture bridge;
  private HttpServer target;

  @BeforeEach
  void aBridge() throws Exception {
    bridge = new BridgeFixture(api, brokers, local, camel, "journey");
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          boolean refused =
              exchange.getRequestURI().getPath().equals("/moody") && refusals.getAndDecrement() > 0;
          exchange.sendResponseHeaders(refused ? 400 : 204, -1);
          exchange.close();
        });
    target.start();
  }

  @AfterEach
  void noBridge() throws Exception {
    api.delete("/route-files/" + FILE);
    api.delete("/dead-letters?routeId=journey");
    bridge.close();
    target.stop(0);
  }

  @Test
  void given_a_target_that_refuses_at_first_when_it_takes_it_then_every_step_is_told()
      throws Exception {
    aFile();
    refusals.set(1);

    bridge.publish("in", "21.5");
    long id = received("journey/in");
    await().until(() -> what(id).contains("routeEnded") && sent(id) != null);

    JsonNode journey = journey(id);
    String host = "http://127.0.0.1:" + target.getAddress().getPort();
    assertThat(lines(journey))
        .containsSubsequence(
            "received done journey/in null",
            "committed done null null",
            "routeBegun done null null",
            "target done " + host + "/calm 1",
            "target failed " + host + "/moody 1",
            "target done " + host + "/moody 2",
            "target done signal:send 1",
            "routeEnded done null null");
    assertThat(lines(journey)).contains("sendMade done journey/out null");
    JsonNode failed = step(journey, "target", "failed");
    assertThat(failed.path("exception").asText()).endsWith("HttpOperationFailedException");
    assertThat(failed.path("routeId").asText()).isEqualTo("journey");
    assertThat(failed.path("milliseconds").asDouble()).isPositive();
    for (JsonNode step : journey.path("steps")) {
      assertThat(step.path("at").asText()).as("%s", step).isNotEqualTo("null");
    }
    assertThat(journey.toString()).doesNotContain(SECRET).doesNotContain("one=");
    assertThat(Instant.parse(journey.path("routeStepsSince").asText())).isBefore(Instant.now());
  }

  @Test
  void given_a_send_that_a_route_made_when_it_is_asked_then_the_message_it_came_of_is_told()
      throws Exception {
    aFile();

    bridge.publish("in", "1");
    long id = received("journey/in");
    await().until(() -> sent(id) != null);

    JsonNode made = step(journey(id), "sendMade", "done");
    JsonNode journey = journey(made.path("historyId").asLong());
    assertThat(lines(journey))
        .containsExactly(
            "accepted done journey/out null",
            "published done journey/out null",
            "answered done null 1",
            "committed done null null");
    JsonNode accepted = step(journey, "accepted", "done");
    assertThat(accepted.path("historyId").asLong()).isEqualTo(id);
    assertThat(accepted.path("routeId").asText()).isEqualTo("journey");
    assertThat(accepted.path("reason").asText()).isEqualTo("route");
    JsonNode send = api.get("/sends/" + made.path("sendId").asText()).expect(200).json();
    assertThat(send.at("/origin/historyId").asLong()).isEqualTo(id);
  }

  @Test
  void given_a_target_that_refuses_for_good_when_its_dead_letter_is_retried_then_both_are_told()
      throws Exception {
    aFile();
    refusals.set(4);

    bridge.publish("in", "2");
    long id = received("journey/in");
    await().until(() -> step(journey(id), "routeEnded", "failed") != null);
    JsonNode ended = step(journey(id), "routeEnded", "failed");
    long letter = ended.path("deadLetterId").asLong();
    assertThat(lines(journey(id)).stream().filter(line -> line.contains("/moody"))).hasSize(3);

    api.post("/dead-letters/" + letter + "/retry").expect(200);
    await().until(() -> lines(journey(id)).stream().filter(l -> l.contains("/moody")).count() == 4);
    await().until(() -> step(journey(id), "deadLetterRetried", "done") != null);
    assertThat(step(journey(id), "deadLetterRetried", "done").path("deadLetterId").asLong())
        .isEqualTo(letter);
    api.post("/dead-letters/" + letter + "/retry").expect(200);
    await().until(() -> lines(journey(id)).stream().filter(l -> l.contains("/moody")).count() == 5);

    await()
        .untilAsserted(
            () ->
                assertThat(lines(journey(id)))
                    .containsSubsequence(
                        "routeEnded failed null null",
                        "deadLetterRetried done null null",
                        "routeEnded failed null null",
                        "deadLetterRetried done null null",
                        "routeEnded done null null"));
    assertThat(journey(id).findValues("deadLetterId")).allMatch(JsonNode::isNull);
  }

  @Test
  void given_failures_that_name_payloads_when_somebody_may_not_read_them_then_they_are_withheld()
      throws Exception {
    bridge.route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("signal:receive?broker=journey")
                .routeId("journey")
                .routeConfigurationId(RouteFileRouteConfiguration.ID)
                .process(
                    e -> {
                      throw new IllegalArgumentException(e.getMessage().getBody(String.class));
                    });
          }
        });
    bridge.publish("secretive", "the payload itself");
    long id = received("journey/secretive");
    await().until(() -> step(journey(id), "routeEnded", "failed") != null);
    RestApi viewer = api.account("journey-viewer-" + id, "viewer", false);

    JsonNode ended = step(journey(id), "routeEnded", "failed");
    assertThat(ended.path("failureMessage").asText()).isEqualTo("the payload itself");
    RestApi.Answer without = viewer.get("/history/" + id + "/journey").expect(200);
    assertThat(without.text()).doesNotContain("the payload itself");
    assertThat(step(without.json(), "routeEnded", "failed").path("payloadWithheld").asBoolean())
        .isTrue();
  }

  @Test
  void given_a_target_that_is_away_when_messages_queue_up_then_they_wait_and_say_what_for()
      throws Exception {
    AtomicBoolean away = new AtomicBoolean(true);
    bridge.route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("signal:receive?broker=journey&durable=journey-waits&topic=journey/line")
                .routeId("journey-waits")
                .routeConfigurationId(RouteFileRouteConfiguration.ID)
                .to("direct:journey-away");
            from("direct:journey-away")
                .routeId("journey-away")
                .errorHandler(noErrorHandler())
                .process(
                    e -> {
                      if (away.get()) {
                        throw new ConnectException("Connection refused");
                      }
                    });
          }
        });
    bridge.publish("line", "1");
    bridge.publish("line", "2");
    bridge.publish("other", "3");
    await().until(() -> history("topic=journey/line").size() == 2);
    long second = history("topic=journey/line").get(0).path("id").asLong();
    long first = history("topic=journey/line").get(1).path("id").asLong();
    long other = received("journey/other");
    await().until(() -> step(journey(second), "waits", "waiting") != null);
    await().until(() -> !step(journey(second), "waits", "waiting").path("reason").isNull());
    await().until(() -> step(journey(first), "target", "failed") != null);

    assertThat(step(journey(second), "waits", "waiting").path("reason").asText())
        .contains("Connection refused");
    assertThat(step(journey(first), "routeBegun", "waiting")).isNotNull();
    assertThat(lines(journey(other))).hasSize(2);

    away.set(false);
    await().until(() -> step(journey(second), "routeEnded", "done") != null);
    assertThat(step(journey(first), "routeBegun", "waiting")).isNull();
    assertThat(step(journey(second), "waits", "waiting")).isNull();
  }

  @Test
  void given_a_message_of_a_signal_when_rest_and_a_schedule_send_it_then_both_are_told() {
    long signal =
        api.create(
            "/signals",
            Map.of("name", "Journey", "brokerId", bridge.brokerId(), "topic", "journey/sent"));
    JsonNode send = api.sendAndWait("/signals/" + signal + "/send", Map.of()).json();
    long byHand = send.path("historyId").asLong();
    assertThat(lines(journey(byHand)))
        .containsExactly(
            "accepted done journey/sent null",
            "published done journey/sent null",
            "answered done null 1",
            "committed done null null");
    assertThat(step(journey(byHand), "accepted", "done").path("account").asText())
        .isEqualTo("admin");
    assertThat(step(journey(byHand), "answered", "done").path("reason").asText())
        .startsWith("handedOver");

    long schedule =
        api.create(
            "/schedules",
            Map.of("signalId", signal, "at", Instant.now().plusSeconds(2).toString()));
    await().until(() -> history("signalId=" + signal).size() == 2);
    long byItself = history("signalId=" + signal).get(0).path("id").asLong();
    assertThat(step(journey(byItself), "accepted", "done").path("scheduleId").asLong())
        .isEqualTo(schedule);
    api.get("/history/999999999/journey").expectProblem(404, "not-found");
  }

  private void aFile() {
    api.put("/secrets/journey", Map.of("value", SECRET)).expect(200);
    String file =
        """
        - route:
            id: journey
            description: Two targets, and a message
            from:
              uri: signal:receive
              parameters:
                broker: journey
                topic: journey/in
              steps:
                - to:
                    uri: http://127.0.0.1:%1$d/calm
                    parameters:
                      one: RAW({{secret:journey}})
                - to:
                    uri: http://127.0.0.1:%1$d/moody
                - to:
                    uri: signal:send
                    parameters:
                      broker: journey
                      topic: journey/out
                      wait: 5s
        """
            .formatted(target.getAddress().getPort());
    api.send("PUT", "/route-files/" + FILE, file, Map.of("Content-Type", "text/yaml")).expect(200);
  }

  private long received(String topic) {
    String filter = "direction=receive&topic=" + topic;
    await().until(() -> !history(filter).isEmpty());
    return history(filter).get(0).path("id").asLong();
  }

  private JsonNode history(String query) {
    return api.get("/history?brokerId=%d&%s".formatted(bridge.brokerId(), query))
        .expect(200)
        .json()
        .path("items");
  }

  private JsonNode journey(long id) {
    return api.get("/history/" + id + "/journey").expect(200).json();
  }

  private List<String> what(long id) {
    return journey(id).findValuesAsText("what");
  }

  private JsonNode sent(long id) {
    return step(journey(id), "sendMade", "done");
  }

  private static JsonNode step(JsonNode journey, String what, String outcome) {
    for (JsonNode step : journey.path("steps")) {
      if (step.path("what").asText().equals(what)
          && step.path("outcome").asText().equals(outcome)) {
        return step;
      }
    }
    return null;
  }

  private static List<String> lines(JsonNode journey) {
    List<String> lines = new ArrayList<>();
    for (JsonNode step : journey.path("steps")) {
      lines.add(
          "%s %s %s %s"
              .formatted(
                  step.path("what").asText(),
                  step.path("outcome").asText(),
                  step.path("where").asText(),
                  step.path("attempt").asText()));
    }
    return lines;
  }
}
