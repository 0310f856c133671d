package org.mqttintegration.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.WriteOnly;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class BrokerIT {

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired JdbcClient sql;
  @Autowired ObjectMapper json;

  @Test
  void given_a_broker_when_created_then_it_is_answered_with_its_location_and_connects()
      throws Exception {
    Answer answer =
        api.post(
            "/brokers",
            """
            {"name": "created", "host": "%s", "port": %d, "username": "u", "password": "hunter2"}
            """
                .formatted(local.host(), local.port()));
    JsonNode broker = answer.json();
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location")).isEqualTo("/api/v1/brokers/" + broker.get("id"));
    assertThat(broker.get("passwordSet").asBoolean()).isTrue();
    assertThat(broker.has("password")).isFalse();
    assertThat(broker.get("clientId").asText()).matches("mqtt-integration-[0-9a-f]{12}");
    assertThat(broker.get("connectionStatus").asText()).isEqualTo("unknown");
    long id = broker.get("id").asLong();
    assertThat(broker.has("capabilities")).isTrue();
    await().until(() -> brokers.get(id).liveStatus().equals("connected"));
    assertThat(api.get("/brokers/" + id).json().at("/capabilities/maximumQos").asInt())
        .isEqualTo(2);
    brokers.delete(id, false);
    assertThat(status(() -> brokers.get(id))).isEqualTo(ProblemType.NOT_FOUND);
  }

  @Test
  void given_a_password_when_the_broker_is_read_anyhow_then_it_is_not_in_the_answer() {
    long id = create("secretive", request -> request);
    brokers.patch(id, tree("{\"password\":\"hunter2\"}"));
    List<String> answers = new ArrayList<>();
    answers.add(api.get("/brokers/" + id).expect(200).text());
    answers.add(api.get("/brokers?name=secretive").expect(200).text());
    answers.add(api.patch("/brokers/" + id, "{}").expect(200).text());
    assertThat(answers).allMatch(answer -> answer.contains("\"passwordSet\":true"));
    assertThat(answers).noneMatch(answer -> answer.contains("hunter2"));
    brokers.delete(id, false);
  }

  @Test
  void given_concurrent_requests_when_names_are_equal_then_one_wins_and_the_others_are_told()
      throws Exception {
    List<Object> outcomes =
        concurrently(8, i -> create("unique-name", r -> with(r, "client-u-" + i)));
    assertThat(outcomes.stream().filter(Long.class::isInstance)).hasSize(1);
    assertThat(outcomes.stream().filter(ProblemException.class::isInstance))
        .hasSize(7)
        .allSatisfy(problem -> assertConflict((ProblemException) problem, "name"));
    delete(outcomes);
  }

  @Test
  void given_concurrent_requests_when_client_ids_are_equal_then_one_wins() throws Exception {
    List<Object> outcomes =
        concurrently(8, i -> create("unique-client-" + i, r -> with(r, "same-client")));
    assertThat(outcomes.stream().filter(Long.class::isInstance)).hasSize(1);
    assertThat(outcomes.stream().filter(ProblemException.class::isInstance))
        .hasSize(7)
        .allSatisfy(problem -> assertConflict((ProblemException) problem, "clientId"));
    delete(outcomes);
  }

  @Test
  void given_a_taken_name_when_a_broker_is_renamed_to_it_then_it_is_a_conflict() {
    long one = create("taken", r -> r);
    long two = create("other", r -> r);
    assertThatThrownBy(() -> brokers.patch(two, tree("{\"name\":\"taken\"}")))
        .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
        .satisfies(problem -> assertConflict(problem, "name"));
    assertThat(brokers.get(two).name()).isEqualTo("other");
    brokers.delete(one, false);
    brokers.delete(two, false);
  }

  @Test
  void given_a_patch_when_applied_then_null_removes_and_what_it_does_not_name_stays() {
    long id = create("patched", r -> r);
    String clientId = brokers.get(id).clientId();
    brokers.patch(
        id, tree("{\"note\":\"n\",\"username\":\"u\",\"password\":\"p\",\"keepalive\":7}"));
    Broker patched = brokers.patch(id, tree("{\"note\":null,\"keepalive\":null}"));
    assertThat(patched.note()).isNull();
    assertThat(patched.keepalive()).isEqualTo(60);
    assertThat(patched.username()).isEqualTo("u");
    assertThat(patched.passwordSet()).isTrue();
    assertThat(patched.clientId()).isEqualTo(clientId);
    assertThat(brokers.patch(id, tree("{\"password\":null}")).passwordSet()).isFalse();
    assertThat(problem(() -> brokers.patch(id, tree("{\"name\":null,\"port\":0}"))).errors())
        .extracting(FieldError::field)
        .containsExactly("name", "port");
    assertThat(brokers.get(id).name()).isEqualTo("patched");
    brokers.delete(id, false);
  }

  @Test
  void
      given_a_broker_when_replaced_then_absent_fields_have_defaults_but_password_and_client_stay() {
    long id = create("replaced", r -> r);
    brokers.patch(id, tree("{\"note\":\"n\",\"password\":\"p\",\"clientId\":\"replaced-client\"}"));
    Broker replaced = brokers.replace(id, request("replaced", null, null));
    assertThat(replaced.note()).isNull();
    assertThat(replaced.passwordSet()).isTrue();
    assertThat(replaced.clientId()).isEqualTo("replaced-client");
    assertThat(brokers.replace(id, request("replaced", null, new WriteOnly(null))).passwordSet())
        .isFalse();
    brokers.delete(id, false);
  }

  @Test
  void given_options_when_stored_then_they_are_answered_patched_and_replaced() throws Exception {
    JsonNode options =
        tree(
            """
            {"cleanStart": true, "sessionExpiry": 4294967295, "receiveMaximum": 10,
             "maximumPacketSize": 4096,
             "userProperties": [{"name": "n", "value": "1"}, {"name": "n", "value": "2"}],
             "will": {"topic": "gone", "payload": "a\\u0000b", "payloadEncoding": "utf8", "qos": 1,
                      "retain": true, "delay": 5},
             "webSocket": {"path": "/ws?x=1", "headers": [{"name": "X-A", "value": "b"}]},
             "tls": {"caFile": "none.pem", "pinnedFile": null, "certificateFile": null,
                     "keyFile": null, "verifyHostname": false}}
            """);
    long id = create("with-options", r -> r);

    api.patch("/brokers/" + id, options).expect(200);

    JsonNode stored = api.get("/brokers/" + id).expect(200).json();
    options.properties().forEach(o -> assertThat(stored.get(o.getKey())).isEqualTo(o.getValue()));
    await().until(() -> brokers.get(id).liveStatus().equals("connected"));
    JsonNode patched =
        api.patch("/brokers/" + id, "{\"will\":{\"qos\":2},\"tls\":null}").expect(200).json();
    assertThat(patched.at("/will/topic").asText()).isEqualTo("gone");
    assertThat(patched.at("/will/qos").asInt()).isEqualTo(2);
    assertThat(patched.get("tls").isNull()).isTrue();
    Broker replaced = brokers.replace(id, request("with-options", null, null));
    assertThat(replaced.will()).isNull();
    assertThat(replaced.sessionExpiry()).isEqualTo(604_800);
    assertThat(replaced.userProperties()).isEmpty();
    brokers.delete(id, false);
  }

  @Test
  void given_a_file_that_is_missing_when_checked_then_tls_fails_and_a_warning_says_so() {
    long id = create("without-file", r -> r);

    JsonNode broker =
        api.patch("/brokers/" + id, "{\"urlScheme\":\"mqtts\",\"tls\":{\"caFile\":\"gone.pem\"}}")
            .expect(200)
            .json();

    assertThat(broker.get("warnings")).hasSize(1);
    assertThat(broker.at("/warnings/0").asText()).contains("there is no file gone.pem");
    JsonNode check = api.post("/brokers/" + id + "/check-connection").expect(200).json();
    assertThat(check.get("success").asBoolean()).isFalse();
    assertThat(check.get("message").asText()).startsWith("TLS: there is no file gone.pem");
    await()
        .untilAsserted(
            () ->
                assertThat(brokers.get(id).liveStatusMessage()).contains("there is no file gone"));
    brokers.delete(id, false);
  }

  @Test
  void given_brokers_when_listed_then_filters_sorting_and_pages_count() {
    long b = create("list%b", r -> r);
    long a = create("list_a", r -> r);
    long c = create("LIST-c", r -> r);
    assertThat(names("name=list&sort=-name&size=2")).hasSize(2);
    assertThat(names("name=list&sort=id")).containsExactly("list%b", "list_a", "LIST-c");
    assertThat(names("name=list&sort=id&size=2&page=1")).containsExactly("LIST-c");
    assertThat(names("name=t%25")).containsExactly("list%b");
    assertThat(names("name=t_")).containsExactly("list_a");
    assertThat(names("name=list&connectionStatus=fail")).isEmpty();
    assertThat(names("name=list&urlScheme=wss")).isEmpty();
    assertThat(names("name=list&host=" + local.host())).hasSize(3);
    List.of(a, b, c).forEach(id -> brokers.delete(id, false));
  }

  @Test
  void given_a_check_when_it_is_done_then_its_outcome_is_stored_until_the_options_change() {
    long id = create("checked", r -> r);
    JsonNode check = api.post("/brokers/" + id + "/check-connection").expect(200).json();
    assertThat(check.get("success").asBoolean()).isTrue();
    assertThat(check.get("steps").findValuesAsText("name")).contains("resolve", "tcp", "connack");
    assertThat(brokers.get(id).connectionStatus()).isEqualTo(CheckStatus.SUCCESS);
    assertThat(brokers.get(id).connectionCheckedAt()).isNotNull();
    assertThat(brokers.patch(id, tree("{\"note\":\"n\"}")).connectionStatus())
        .isEqualTo(CheckStatus.SUCCESS);
    Broker changed = brokers.patch(id, tree("{\"port\":1}"));
    assertThat(changed.connectionStatus()).isEqualTo(CheckStatus.UNKNOWN);
    assertThat(changed.connectionCheckedAt()).isNull();
    assertThat(brokers.check(id).success()).isFalse();
    assertThat(brokers.get(id).connectionStatus()).isEqualTo(CheckStatus.FAIL);
    brokers.delete(id, false);
  }

  @Test
  void given_a_broker_in_use_when_deleted_then_it_stays_unless_it_cascades() {
    long id = create("used", r -> r);
    api.create("/subscriptions", "{\"brokerId\":%d,\"topic\":\"used/#\"}".formatted(id));
    for (String name : List.of("one", "two")) {
      api.create(
          "/signals", "{\"name\":\"%s\",\"brokerId\":%d,\"topic\":\"used/a\"}".formatted(name, id));
    }
    ProblemException refusal = problem(() -> brokers.delete(id, false));
    assertThat(refusal.type()).isEqualTo(ProblemType.CONFLICT);
    api.delete("/brokers/" + id).expectProblem(409, "conflict");
    assertThat(refusal.detail()).contains("1 subscription and 2 signals", "cascade=true");
    assertThat(rows("subscription", id)).isOne();
    Answer answer = api.delete("/brokers/" + id + "?cascade=true");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.text()).isEmpty();
    assertThat(rows("subscription", id)).isZero();
    assertThat(rows("signal", id)).isZero();
    assertThat(status(() -> brokers.delete(id, true))).isEqualTo(ProblemType.NOT_FOUND);
  }

  private long rows(String table, long brokerId) {
    return sql.sql("select count(*) from %s where broker_id = :id".formatted(table))
        .param("id", brokerId)
        .query(Long.class)
        .single();
  }

  private long create(String name, java.util.function.UnaryOperator<BrokerRequest> change) {
    return brokers.create(change.apply(request(name, null, null))).id();
  }

  private BrokerRequest request(String name, String clientId, WriteOnly password) {
    return new BrokerRequest(
        name,
        null,
        local.host(),
        local.port(),
        clientId,
        null,
        password,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private BrokerRequest with(BrokerRequest request, String clientId) {
    return request(request.name(), clientId, null);
  }

  private List<String> names(String query) {
    return api.get("/brokers?" + query).expect(200).json().get("items").findValuesAsText("name");
  }

  private JsonNode tree(String text) {
    try {
      return json.readTree(text);
    } catch (Exception e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void delete(List<Object> outcomes) {
    outcomes.stream()
        .filter(Long.class::isInstance)
        .forEach(id -> brokers.delete((Long) id, false));
  }

  private static void assertConflict(ProblemException problem, String field) {
    assertThat(problem.type()).isEqualTo(ProblemType.CONFLICT);
    assertThat(problem.errors()).extracting(FieldError::field).containsExactly(field);
  }

  private static ProblemException problem(Runnable call) {
    try {
      call.run();
    } catch (ProblemException e) {
      return e;
    }
    throw new AssertionError("no problem");
  }

  private static ProblemType status(Runnable call) {
    return problem(call).type();
  }

  private static List<Object> concurrently(int count, java.util.function.IntFunction<Object> call)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<Object>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        futures.add(
            threads.submit(
                () -> {
                  try {
                    return call.apply(number);
                  } catch (ProblemException e) {
                    return e;
                  }
                }));
      }
      List<Object> outcomes = new ArrayList<>();
      for (Future<Object> future : futures) {
        outcomes.add(future.get());
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }
}
