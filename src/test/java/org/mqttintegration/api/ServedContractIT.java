package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.fasterxml.jackson.databind.node.IntNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The features behind the contract: every operation is served, and answers as the contract says.
 */
@IntegrationTest
class ServedContractIT {

  private static final String JSON = "application/json";

  @Autowired JdbcClient database;
  @Autowired RestApi rest;
  @Autowired LocalBroker localBroker;
  @Autowired Contract contract;

  private final Set<String> asked = new HashSet<>();
  private OpenApiInteractionValidator validator;

  @BeforeEach
  void readContract() {
    validator =
        OpenApiInteractionValidator.createForInlineApiSpecification(
                rest.get("//openapi.yaml").text())
            .build();
  }

  @Test
  void given_real_servers_when_every_operation_is_asked_then_each_answers_as_the_contract_says() {
    long broker = created("/brokers", brokerJson("Contract"));
    ask("GET", "/brokers?name=contract&sort=-name", null, 200);
    ask("GET", "/brokers/" + broker, null, 200);
    ask("PUT", "/brokers/" + broker, brokerJson("Contract"), 200);
    ask("PATCH", "/brokers/" + broker, "{\"note\":\"é\",\"username\":null}", 200);
    Answer check = ask("POST", "/brokers/" + broker + "/check-connection", null, 200);
    assertThat(check.json().path("success").asBoolean()).as(check.text()).isTrue();
    Answer watched = ask("POST", "/brokers/" + broker + "/connection-checks", null, 202);
    ask("GET", watched.header("Location").replace("/api/v1", ""), null, 200);

    String filter = "{\"brokerId\":%d,\"topic\":\"contract/#\",\"qos\":1}".formatted(broker);
    long subscription = created("/subscriptions", filter);
    ask("GET", "/subscriptions?brokerId=" + broker, null, 200);
    ask("GET", "/subscriptions/" + subscription, null, 200);
    ask("PUT", "/subscriptions/" + subscription, filter, 200);
    ask("PATCH", "/subscriptions/" + subscription, "{\"qos\":2}", 200);
    ask("POST", "/subscriptions/" + subscription + "/subscribe", null, 200);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(ask("GET", "/subscriptions/" + subscription, null, 200).text())
                    .contains("\"subscriptionStatus\":\"subscribed\""));

    long signal = created("/signals", signalJson(broker, "contract/hello"));
    ask("GET", "/signals?name=hello", null, 200);
    ask("GET", "/signals/" + signal, null, 200);
    ask("PUT", "/signals/" + signal, signalJson(broker, "contract/hello"), 200);
    ask("PATCH", "/signals/" + signal, "{\"payload\":\"Hello again\"}", 200);
    long send = ask("POST", "/signals/" + signal + "/send", null, 202).json().path("id").asLong();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !ask("GET", "/sends/" + send, null, 200).json().path("historyId").isNull());
    long entry = ask("GET", "/sends/" + send, null, 200).json().path("historyId").asLong();
    ask("POST", "/sends", "{\"brokerId\":%d,\"topic\":\"other\"}".formatted(broker), 202);
    ask("GET", "/sends?brokerId=" + broker + "&limit=1", null, 200);
    ask("DELETE", "/sends/" + send, null, 409);
    ask("GET", "/signals/" + signal + "/history?limit=1", null, 200);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> received("/history?topic=contract/%23&direction=receive") == 1);
    ask("GET", "/history?brokerId=" + broker + "&limit=1", null, 200);
    ask("GET", "/history/" + entry, null, 200);
    assertThat(ask("GET", "/history/" + entry + "/payload", null, 200).text())
        .isEqualTo("Hello again");
    askHistory(broker, entry);

    ask("POST", "/signals/" + signal + "/request?timeout=1", null, 504);
    Answer batch =
        ask(
            "POST",
            "/sends/batch",
            "{\"brokerId\":%d,\"topic\":\"other\"}".formatted(broker),
            "application/x-ndjson",
            202);
    ask("GET", batch.header("Location").replace("/api/v1", ""), null, 200);
    String daily = "{\"signalId\":%d,\"cron\":\"0 0 7 * * ?\"}".formatted(signal);
    long schedule = created("/schedules", daily);
    ask("GET", "/schedules?signalId=" + signal + "&sort=-id", null, 200);
    ask("PUT", "/schedules/" + schedule, daily, 200);
    ask("PATCH", "/schedules/" + schedule, "{\"values\":{\"a\":[1,{\"b\":null}]}}", 200);
    ask("POST", "/schedules/" + schedule + "/pause", null, 200);
    ask("POST", "/schedules/" + schedule + "/resume", null, 200);
    assertThat(ask("GET", "/schedules/" + schedule, null, 200).json().path("nextFirings"))
        .hasSize(5);
    ask("DELETE", "/schedules/" + schedule, null, 204);

    askBridges();
    askRouteFiles();
    askSecrets();
    askActivity(broker);
    ask("POST", "/import?dryRun=true", ask("GET", "/export", null, 200).text(), "text/yaml", 200);
    ask(
        "POST",
        "/import/odoo?dryRun=true&model=mqtt.broker",
        "name,host\na,127.0.0.1\n",
        "text/csv",
        200);
    ask("GET", "/settings", null, 200);
    ask("GET", "/about", null, 200);
    ask("GET", "/nodes", null, 200);

    ask("GET", "/subscriptions/" + subscription + "/gaps", null, 200);
    ask("POST", "/subscriptions/" + subscription + "/unsubscribe", null, 200);
    ask("DELETE", "/brokers/" + broker, null, 409);
    ask("DELETE", "/signals/" + signal, null, 204);
    ask("DELETE", "/subscriptions/" + subscription, null, 204);
    ask("DELETE", "/brokers/" + broker + "?cascade=true", null, 204);
    askForUsers();
    assertThat(asked)
        .containsExactlyInAnyOrderElementsOf(
            contract.api().getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .map(operation -> operation.getOperationId())
                .toList());
  }

  private void askHistory(long broker, long entry) {
    ask("GET", "/history/" + entry + "/journey", null, 200);
    String topic = "brokerId=%d&topic=contract/hello".formatted(broker);
    ask("GET", "/history/series?from=2026-01-01T00:00:00Z&" + topic, null, 200);
    ask("GET", "/history/count?" + topic, null, 200);
    assertThat(ask("GET", "/history/export?format=csv&" + topic, null, 200).text())
        .startsWith("id,");
    ask("GET", "/gaps?open=false&brokerId=" + broker, null, 200);
    ask("GET", "/brokers/" + broker + "/topics?limit=5", null, 200);
  }

  private void askBridges() {
    ask("PUT", "/positions/contract", "{\"time\":\"2026-01-01T00:00:00Z\"}", 200);
    ask("GET", "/positions/contract", null, 200);
    assertThat(ask("GET", "/positions", null, 200).json().path("items")).isNotEmpty();
    ask("DELETE", "/positions/contract", null, 204);
    long letter = deadLetter();
    deadLetter();
    ask("GET", "/dead-letters?routeId=contract&limit=1", null, 200);
    assertThat(ask("GET", "/dead-letters/" + letter, null, 200).json().path("body").asText())
        .isEqualTo("21.5");
    ask("POST", "/dead-letters/" + letter + "/retry", null, 409);
    ask("POST", "/dead-letters/retry?routeId=contract", null, 200);
    ask("DELETE", "/dead-letters/" + letter, null, 204);
    assertThat(ask("DELETE", "/dead-letters?routeId=contract", null, 200).json().path("dropped"))
        .isEqualTo(IntNode.valueOf(1));
  }

  private long deadLetter() {
    return database
        .sql(
            """
            insert into dead_letter (route_id, from_uri, exchange, headers, body, body_type, exception, failed_at)
            values ('contract', 'timer://x', 'E-1', '{"a": 1, "b": {"base64": "AA=="}}', '21.5', 'byte[]', 'X', now())
            returning id
            """)
        .query(Long.class)
        .single();
  }

  private void askRouteFiles() {
    String file = "/route-files/contract.camel.yaml";
    String text =
        """
        - route:
            id: contract-file
            from:
              uri: timer:contract?delay=-1&repeatCount=1
              steps:
                - log: contract
        """;
    ask("POST", "/route-files/validate", text, "text/yaml", 200);
    ask("POST", "/route-files/try?limit=1", text, "text/yaml", 200);
    ask("POST", "/route-files/complete?line=4&column=12", text, "text/yaml", 200);
    ask("PUT", file, text, "text/yaml", 200);
    ask("PUT", file, text.replace("steps", "stpes"), "text/yaml", 422);
    ask("GET", "/route-files", null, 200);
    assertThat(ask("GET", file, null, 200).text()).isEqualTo(text);
    ask("GET", "/routes", null, 200);
    ask("POST", "/routes/contract-file/stop", null, 200);
    ask("POST", "/routes/contract-file/start", null, 200);
    ask("GET", file + "/versions", null, 200);
    ask("GET", file + "/versions/1", null, 200);
    ask("POST", file + "/roll-back?version=1", null, 200);
    ask("DELETE", file, null, 204);
  }

  private void askActivity(long broker) {
    String record = "/brokers/" + broker;
    ask("POST", record + "/thread", "{\"text\":\"**Hello** @nobody\"}", 201);
    ask("GET", record + "/thread?kind=note&limit=1", null, 200);
    String target = "{\"type\":\"webhook\",\"target\":\"http://127.0.0.1:9/\",\"secret\":\"s\"}";
    long follower = ask("POST", record + "/followers", target, 201).json().required("id").asLong();
    ask("POST", record + "/followers", target, 409);
    String following = record + "/followers/" + follower;
    ask("PATCH", following, "{\"events\":\"warnings\",\"secret\":null}", 200);
    ask("GET", record + "/followers", null, 200);
    ask("DELETE", following, null, 204);
    ask("PUT", record + "/responsible", "{\"user\":null}", 200);
    ask("GET", record + "/responsible", null, 200);
    String call = "{\"summary\":\"Call\",\"dueOn\":\"2131-01-01\"}";
    long first = ask("POST", record + "/activities", call, 201).json().required("id").asLong();
    long second = ask("POST", record + "/activities", call, 201).json().required("id").asLong();
    ask("PATCH", "/activities/" + first, "{\"type\":\"check\"}", 200);
    ask("GET", "/activities/" + first, null, 200);
    ask("POST", "/activities/" + first + "/done", "{\"feedback\":\"Done.\"}", 200);
    ask("POST", "/activities/" + second + "/cancel", null, 200);
    ask("GET", record + "/activities?state=done", null, 200);
    ask("GET", "/activities?assignee=me&due=2131-01-01&limit=1", null, 200);
    ask("GET", "/audit?recordKind=broker&event=changed&field=note&limit=1", null, 200);
    assertThat(ask("GET", "/audit/export?format=csv", null, 200).text()).startsWith("id,at,");
  }

  private void askSecrets() {
    assertThat(ask("PUT", "/secrets/contract", "{\"value\":\"hunter2\"}", 200).text())
        .doesNotContain("hunter2");
    assertThat(ask("GET", "/secrets", null, 200).text())
        .contains("contract")
        .doesNotContain("hunter2");
    ask("GET", "/secret-keys", null, 200);
    assertThat(ask("POST", "/secret-keys/re-encrypt", null, 200).json().path("reencrypted"))
        .isEqualTo(IntNode.valueOf(0));
    ask("DELETE", "/secrets/contract", null, 204);
    ask("DELETE", "/secrets/contract", null, 404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /brokers/999999            |                                      | 404 | not-found       |",
        "PATCH  | /signals/999999            | {}                                   | 404 | not-found       |",
        "DELETE | /subscriptions/999999      |                                      | 404 | not-found       |",
        "GET    | /history/999999999         |                                      | 404 | not-found       |",
        "GET    | /brokers?sort=password     |                                      | 400 | invalid-request | sort",
        "GET    | /history?cursor=nonsense   |                                      | 400 | invalid-request | cursor",
        "GET    | /history?topic=a/%23/b     |                                      | 400 | invalid-request | topic",
        "POST   | /subscriptions             | {'brokerId':999999,'topic':'a'}      | 400 | invalid-request | brokerId",
        "POST   | /subscriptions             | {'brokerId':999999,'topic':'a/#/b'}  | 400 | invalid-request | topic",
        "POST   | /subscriptions             | {'brokerId':999999,'topic':'a+'}     | 400 | invalid-request | topic",
        "POST   | /signals                   | {'name':'s','brokerId':999999,'topic':'a/+'} | 400 | invalid-request | topic",
        "POST   | /signals                   | {'name':'s','brokerId':999999,'topic':'a','payload':'%','payloadEncoding':'base64'} | 400 | invalid-request | payload",
        "POST   | /signals                   | {'name':'s','brokerId':999999,'topic':'a','payload':'{','payloadFormat':'json'} | 400 | invalid-request | payload",
      })
  void given_what_only_a_feature_can_tell_when_it_is_wrong_then_the_field_is_named(
      String method, String path, String body, int status, String slug, String field) {
    Answer answer =
        ask(method, path, body == null ? null : body.replace('\'', '"'), status)
            .expectProblem(status, slug);

    assertThat(answer.json().path("errors").findValuesAsText("field"))
        .containsAll(field == null ? List.of() : List.of(field));
  }

  private void askForUsers() {
    ask("GET", "/me", null, 200);
    ask("GET", "/me/tokens", null, 200);
    Answer token = ask("POST", "/me/tokens", "{\"name\":\"contract\"}", 201);
    ask("DELETE", "/me/tokens/" + token.json().path("id").asLong(), null, 204);
    ask("PUT", "/me/password", "{\"current\":\"x\",\"password\":\"too short\"}", 400);

    long user = created("/users", "{\"name\":\"contract\",\"password\":\"correct horse battery\"}");
    ask("GET", "/users?name=CONTRACT&sort=-name", null, 200);
    ask("GET", "/users/" + user, null, 200);
    ask("PATCH", "/users/" + user, "{\"role\":\"operator\",\"mail\":\"ann@example.org\"}", 200);
    ask("PATCH", "/users/" + user, "{\"mail\":\"nowhere\"}", 400);
    ask("PUT", "/users/" + user + "/password", "{\"password\":\"staple battery horse\"}", 204);
    ask("GET", "/users/" + user + "/tokens", null, 200);
    ask("DELETE", "/users/" + user + "/tokens/999999", null, 404);
    ask("DELETE", "/users/" + user, null, 204);
    ask("GET", "/users/" + user, null, 404);
  }

  private int received(String path) {
    return ask("GET", path, null, 200).json().path("items").size();
  }

  private long created(String path, String body) {
    Answer answer = ask("POST", path, body, 201);
    long id = answer.json().required("id").asLong();
    assertThat(answer.header("Location")).isEqualTo("/api/v1" + path + "/" + id);
    return id;
  }

  private Answer ask(String method, String path, String body, int status) {
    return ask(method, path, body, JSON, status);
  }

  private Answer ask(String method, String path, String body, String mediaType, int status) {
    Answer answer =
        rest.send(method, path, body, body == null ? Map.of() : Map.of("Content-Type", mediaType))
            .expect(status);
    String plain = "/api/v1" + path.replaceAll("\\?.*", "");
    Request.Method verb = Request.Method.valueOf(method);
    asked.add(contract.operation(plain, verb).getOperationId());
    SimpleResponse.Builder response = SimpleResponse.Builder.status(status);
    if (answer.body().length > 0) {
      response.withContentType(answer.header("Content-Type")).withBody(answer.text());
    }
    assertThat(validator.validateResponse(plain, verb, response.build()).getMessages())
        .as("%s %s answered %s", method, path, answer.text())
        .isEmpty();
    return answer;
  }

  private String brokerJson(String name) {
    return "{\"name\":\"%s\",\"host\":\"%s\",\"port\":%d}"
        .formatted(name, localBroker.host(), localBroker.port());
  }

  private static String signalJson(long broker, String topic) {
    return "{\"name\":\"Hello\",\"brokerId\":%d,\"topic\":\"%s\",\"payload\":\"Hi\",\"qos\":1}"
        .formatted(broker, topic);
  }
}
