package org.mqttintegration.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.broker.BrokerFilter;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class ConfigurationIT {

  private static final String FILE = "configured.camel.yaml";

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired JdbcClient database;

  private String document;

  @BeforeEach
  void aDocument() {
    api.put("/secrets/configured-mqtt", Map.of("value", "hunter2")).expect(200);
    document =
        """
        version: 1
        brokers:
          - name: Configured
            host: %s
            port: %d
            username: u
            password: ${secret:configured-mqtt}
            userProperties: [{name: site, value: "1"}]
        subscriptions:
          - {broker: Configured, topic: configured/#, qos: 1}
          - {broker: Configured, topic: configured/quiet, subscribed: false}
        signals:
          - {name: Greet, broker: Configured, topic: configured/greet, payload: "1"}
          - {name: Greet, number: 2, broker: Configured, subscription: configured/quiet}
        schedules:
          - {signal: Greet, broker: Configured, every: PT3600S, startAt: "2131-01-01T00:00:00Z"}
          - {signal: Greet, signalNumber: 2, broker: Configured, cron: "0 0 7 * * ?", paused: true, values: {a: [1, {b: null}]}}
        routeFiles:
          - name: configured.camel.yaml
            content: |
              - route:
                  id: configured
                  from:
                    uri: timer:configured?delay=-1&repeatCount=1
                    steps:
                      - log: configured
        """
            .formatted(local.host(), local.port());
  }

  @AfterEach
  void nothingIsLeft() {
    brokers
        .list(new BrokerFilter("Configured", null, null, null), Pageable.unpaged())
        .items()
        .forEach(broker -> brokers.delete(broker.id(), true));
    api.delete("/route-files/" + FILE);
    api.delete("/secrets/configured-mqtt");
  }

  @Test
  void
      given_a_document_when_it_is_imported_then_all_of_it_runs_and_the_same_again_changes_nothing() {
    JsonNode done = run("", document).expect(200).json();

    assertThat(done.path("added").asInt()).isEqualTo(8);
    assertThat(done.path("changed").asInt() + done.path("unchanged").asInt()).isZero();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> subscription("configured/#").path("subscribed").asBoolean());
    assertThat(subscription("configured/quiet").path("subscriptionStatus").asText())
        .isEqualTo("new");
    assertThat(broker().path("passwordSet").asBoolean()).isTrue();
    assertThat(api.get("/routes").json().findValuesAsText("id")).contains("configured");
    long entries = entries();

    assertUnchanged(run("", document), 8);
    assertUnchanged(run("", document.replace(", startAt: \"2131-01-01T00:00:00Z\"", "")), 8);

    String exported = api.get("/export").expect(200).text();
    assertThat(exported)
        .contains("${secret:broker-Configured-password}", "- route:")
        .doesNotContain("hunter2");
    Answer again = run("prune=true", exported);
    assertUnchanged(again, again.json().path("unchanged").asInt());
    assertThat(entries()).as("entries of the audit").isEqualTo(entries);
  }

  @Test
  void given_a_change_when_it_is_tried_then_it_is_told_and_nothing_done_until_it_is_imported() {
    run("", document).expect(200);
    String changed =
        document
            .replace("qos: 1}", "qos: 2}")
            .replace("payload: \"1\"", "payload: \"2\"")
            .replace("PT3600S", "PT1H, misfire: skip")
            .replace("paused: true", "paused: false")
            .replace("username: u", "username: v");
    String before = api.get("/export").text();
    long entries = entries();
    api.put("/secrets/configured-mqtt", Map.of("value", "another")).expect(200);

    JsonNode told = run("dryRun=true", changed).expect(200).json();

    assertThat(told.path("dryRun").asBoolean()).isTrue();
    assertThat(fields(told))
        .containsExactlyInAnyOrder(
            "Configured: password hidden",
            "Configured: username u → v",
            "configured/# @ Configured: qos 1 → 2",
            "Greet @ Configured: payload 1 → 2",
            "Greet @ Configured: every PT1H: misfire fireOnce → skip",
            "Greet @ Configured (2): 0 0 7 * * ? UTC: paused true → false");
    assertThat(api.get("/export").text()).isEqualTo(before);
    assertThat(entries()).isEqualTo(entries + 1); // the secret's
    assertThat(broker().path("username").asText()).isEqualTo("u");

    JsonNode done = run("", changed).expect(200).json();

    assertThat(done.path("changes")).isEqualTo(told.path("changes"));
    assertUnchanged(run("", changed), 8);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> subscription("configured/#").path("grantedQos").asInt() == 2);
    long id = broker().path("id").asLong();
    assertThat(api.get("/brokers/%d/thread".formatted(id)).text()).contains("\"username\"");
  }

  @Test
  void
      given_schedules_whose_start_or_time_has_passed_when_they_are_imported_then_nothing_is_made_up() {
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(210));
    String old =
        document
            .replace("every: PT3600S", "every: PT1H, misfire: fireAll")
            .replace("2131-01-01T00:00:00Z", start.toString())
            .replace(
                "schedules:\n",
                "schedules:\n  - {signal: Greet, broker: Configured, at: \"2020-01-01T00:00:00Z\"}\n");

    JsonNode told = run("dryRun=true", old).expect(200).json();
    JsonNode done = run("", old).expect(200).json();

    assertThat(done.path("changes")).isEqualTo(told.path("changes")).hasSize(9);
    assertThat(
            StreamSupport.stream(done.path("changes").spliterator(), false)
                .filter(change -> change.path("over").booleanValue())
                .map(change -> change.path("name").asText()))
        .containsExactly("Greet @ Configured: at 2020-01-01T00:00:00Z");
    assertThat(schedule("at").path("state").asText()).isEqualTo("finished");
    assertThat(next()).isEqualTo(start.plus(Duration.ofHours(4)));
    assertUnchanged(run("", old), 9);

    Instant other = start.plus(Duration.ofMinutes(15));
    run("", old.replace(start.toString(), other.toString())).expect(200);

    assertThat(next()).isEqualTo(other.plus(Duration.ofHours(4)));
    assertThat(schedule("every").path("lastFiredAt").isNull()).isTrue();
    assertThat(schedule("at").path("lastFiredAt").isNull()).isTrue();
    assertThat(api.get("/export").text()).doesNotContain("2020-01-01");
  }

  @Test
  void given_a_schedule_that_can_never_fire_when_it_is_imported_then_it_is_refused() {
    String never = document.replace("0 0 7 * * ?", "0 0 7 30 2 ?");

    assertThat(run("", never).expectProblem(400, "invalid-request").text())
        .contains("schedules[1].cron");
  }

  @Test
  void given_less_when_it_is_imported_with_prune_then_what_is_missing_in_its_sections_goes() {
    run("", document).expect(200);
    List<ObjectNode> subscriptions =
        ConfigurationDocument.parse(api.get("/export").text()).items("subscriptions").stream()
            .filter(item -> !item.path("topic").asText().equals("configured/quiet"))
            .toList();
    // sections that are not there keep what they have
    String less = new ConfigurationDocument(Map.of("subscriptions", subscriptions)).text(List.of());

    JsonNode told = run("prune=true&dryRun=true", less).expect(200).json();
    JsonNode done = run("prune=true", less).expect(200).json();

    assertThat(done.path("changes")).isEqualTo(told.path("changes")).hasSize(1);
    assertThat(done.path("changes").get(0).path("name").asText())
        .isEqualTo("configured/quiet @ Configured");
    assertThat(done.path("changes").get(0).path("change").asText()).isEqualTo("removed");
    assertThat(subscription("configured/quiet").isMissingNode()).isTrue();
    assertThat(subscription("configured/#").isMissingNode()).isFalse();
  }

  @Test
  void given_all_but_the_rest_when_it_is_pruned_then_brokers_go_after_what_refers_to_them() {
    String rest = api.get("/export").text();
    run("", document).expect(200);

    JsonNode done = run("prune=true", rest).expect(200).json();

    assertThat(done.path("removed").asInt()).isEqualTo(8);
    assertThat(broker().isMissingNode()).isTrue();
    assertThat(api.get("/routes").json().findValuesAsText("id")).doesNotContain("configured");
    await().until(() -> !api.get("/brokers").text().contains("Configured"));
  }

  @Test
  void given_faults_anywhere_when_it_is_imported_then_each_is_named_and_nothing_is_done() {
    String wrong =
        document
            .replace("username: u", "keepalive: 70000")
            .replace("${secret:configured-mqtt}", "hunter2")
            .replace("topic: configured/#", "topic: a/#/b")
            .replace("topic: configured/greet", "tpoic: x")
            .replace("signalNumber: 2", "signalNumber: 3");

    List<String> fields =
        run("", wrong)
            .expectProblem(400, "invalid-request")
            .json()
            .path("errors")
            .findValuesAsText("field");

    assertThat(fields)
        .contains(
            "brokers[0].password",
            "subscriptions[0].broker",
            "signals[0].broker",
            "schedules[1].broker");
    String second = wrong.replace("password: hunter2", "note: x");
    assertThat(run("", second).expectProblem(400, "invalid-request").text())
        .contains("brokers[0].keepalive");
    String third = second.replace("keepalive: 70000", "keepalive: 70");
    assertThat(run("", third).expectProblem(400, "invalid-request").text())
        .contains("subscriptions[0].topic", "signals[0].tpoic", "schedules[1].signal");
    assertThat(broker().isMissingNode()).isTrue();
    assertThat(api.get("/routes").json().findValuesAsText("id")).doesNotContain("configured");
  }

  @Test
  void
      given_a_route_file_that_is_wrong_when_it_is_imported_then_its_line_is_named_and_no_record_is_stored() {
    Answer refused = run("", document.replace("- log:", "- lgo:"));

    assertThat(
            refused
                .expectProblem(422, "route-file-refused")
                .json()
                .path("errors")
                .get(0)
                .path("field")
                .asText())
        .startsWith("routeFiles[0].content, line 6");
    assertThat(broker().isMissingNode()).isTrue();
  }

  @Test
  void given_a_name_that_is_taken_when_it_is_imported_then_all_is_as_it_was() {
    run("", document).expect(200);
    String clientId = broker().path("clientId").asText();
    String other =
        """
        signals: [{name: Other, broker: Configured, topic: configured/other}]
        brokers: [{name: Configured 2, host: 127.0.0.1, clientId: %s}]
        """
            .formatted(clientId);

    assertThat(
            run("", other)
                .expectProblem(409, "conflict")
                .json()
                .path("errors")
                .get(0)
                .path("field")
                .asText())
        .isEqualTo("brokers[0].clientId");
    assertThat(api.get("/signals?name=Other").json().path("total").asInt()).isZero();
  }

  @Test
  void
      given_a_secret_that_is_not_there_when_it_is_named_then_what_is_stored_stays_or_it_is_asked_for() {
    run("", document).expect(200);
    String unknown = document.replace("secret:configured-mqtt", "secret:nowhere");

    assertUnchanged(run("", unknown), 8);
    String fresh = unknown.replace("name: Configured\n", "name: Configured new\n");
    assertThat(run("dryRun=true", fresh).expectProblem(400, "invalid-request").text())
        .contains("brokers[0].password", "PUT /secrets/nowhere");
  }

  private static void assertUnchanged(Answer answer, int items) {
    JsonNode done = answer.expect(200).json();
    assertThat(done.path("changes")).as(answer.text()).isEmpty();
    assertThat(done.path("unchanged").asInt()).isEqualTo(items);
  }

  private static List<String> fields(JsonNode told) {
    return told.path("changes").findValues("fields").stream()
        .flatMap(fields -> StreamSupport.stream(fields.spliterator(), false))
        .map(field -> name(told, field) + ": " + text(field))
        .toList();
  }

  private static String name(JsonNode told, JsonNode wanted) {
    for (JsonNode change : told.path("changes")) {
      for (JsonNode field : change.path("fields")) {
        if (field == wanted) {
          return change.path("name").asText();
        }
      }
    }
    return "";
  }

  private static String text(JsonNode field) {
    String values =
        field.path("hidden").asBoolean()
            ? "hidden"
            : field.path("before").asText() + " → " + field.path("after").asText();
    return field.path("field").asText() + " " + values;
  }

  private Answer run(String query, String text) {
    return api.send("POST", "/import?" + query, text, Map.of("Content-Type", "text/yaml"));
  }

  private JsonNode broker() {
    return api.get("/brokers?name=Configured").json().path("items").path(0);
  }

  private JsonNode subscription(String topic) {
    for (JsonNode subscription : api.get("/subscriptions?topic=configured").json().path("items")) {
      if (subscription.path("topic").asText().equals(topic)) {
        return subscription;
      }
    }
    return MissingNode.getInstance();
  }

  /** The one of the first signal that has such a timing. */
  private JsonNode schedule(String timing) {
    for (JsonNode schedule : api.get("/schedules?size=200").json().path("items")) {
      if (schedule.path("displayName").asText().startsWith("Greet →")
          && !schedule.path(timing).isNull()) {
        return schedule;
      }
    }
    return MissingNode.getInstance();
  }

  private Instant next() {
    return Instant.parse(schedule("every").path("nextFirings").path(0).asText());
  }

  private long entries() {
    return database
        .sql("select count(*) from audit_entry where entry_kind = 'change'")
        .query(Long.class)
        .single();
  }
}
