package org.mqttintegration.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The life of a broker: made, read, listed, checked, deleted. */
@IntegrationTest
class BrokerIT extends StoredBrokers {

  @Autowired JdbcClient sql;

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
    long id = create("secretive");
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
  void given_a_file_that_is_missing_when_checked_then_tls_fails_and_a_warning_says_so() {
    long id = create("without-file");

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
    long b = create("list%b");
    long a = create("list_a");
    long c = create("LIST-c");
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
    long id = create("checked");
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
  void given_a_check_that_is_watched_when_it_goes_on_then_its_steps_and_outcome_can_be_read() {
    long id = create("watched");
    Answer started = api.post("/brokers/" + id + "/connection-checks").expect(202);
    String check = started.header("Location").replace("/api/v1", "");
    assertThat(check).endsWith("/connection-checks/" + started.json().path("id").asText());

    await().until(() -> !api.get(check).expect(200).json().path("running").asBoolean());

    JsonNode ended = api.get(check).json();
    assertThat(ended.path("success").asBoolean()).isTrue();
    assertThat(ended.path("steps").findValuesAsText("name"))
        .containsExactly("resolve", "outbound", "tcp", "connack");
    assertThat(brokers.get(id).connectionStatus()).isEqualTo(CheckStatus.SUCCESS);
    api.get(check.replace("/" + id + "/", "/999999/")).expect(404);
    api.post("/brokers/999999/connection-checks").expect(404);
    brokers.delete(id, false);
  }

  @Test
  void given_a_broker_in_use_when_deleted_then_it_stays_unless_it_cascades() {
    long id = create("used");
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

  private List<String> names(String query) {
    return api.get("/brokers?" + query).expect(200).json().get("items").findValuesAsText("name");
  }

  private static ProblemType status(Runnable call) {
    return problem(call).type();
  }
}
