package org.mqttintegration.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Users, passwords and tokens over REST. */
@IntegrationTest
class AccessIT {

  private static final String PASSWORD = "correct horse battery";
  private static final String OTHER = "staple battery horse";

  @Autowired RestApi rest;
  @Autowired JdbcClient database;
  @Autowired Accounts accounts;

  @Test
  void given_nobody_when_the_api_is_asked_then_it_says_how_to_sign_in() {
    Answer answer = rest.anonymous().get("/brokers");

    answer.expectProblem(401, "not-signed-in");
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .anyMatch(way -> way.startsWith("Basic"))
        .anyMatch(way -> way.equals("Bearer"));
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  void given_a_path_that_is_not_there_when_nobody_asks_then_it_is_not_told() {
    rest.anonymous().get("/nothing").expectProblem(401, "not-signed-in");
    rest.anonymous().get("//nothing").expectProblem(401, "not-signed-in");
    rest.get("/nothing").expectProblem(404, "not-found");
  }

  @Test
  void given_health_when_nobody_asks_then_there_are_no_details() {
    Answer health = rest.anonymous().get("//actuator/health").expect(200);
    assertThat(health.json().has("components")).isFalse();
    assertThat(rest.get("//actuator/health").json().has("components")).isTrue();
    Answer readiness = rest.anonymous().get("//actuator/health/readiness").expect(200);
    assertThat(readiness.json().at("/components/recording/status").asText()).isEqualTo("UP");
    rest.anonymous().get("//actuator/env").expect(401);
    rest.anonymous().get("//openapi.yaml").expect(200);
  }

  @Test
  void given_a_browser_on_another_site_when_it_asks_for_a_change_then_it_is_refused() {
    rest.send(
            "POST",
            "/dead-letters/retry?routeId=none",
            null,
            Map.of("Sec-Fetch-Site", "cross-site"))
        .expectProblem(403, "forbidden");
    rest.send(
            "POST",
            "/dead-letters/retry?routeId=none",
            null,
            Map.of("Sec-Fetch-Site", "same-origin"))
        .expect(200);
  }

  @Test
  void given_a_new_user_when_the_password_is_not_changed_yet_then_nothing_else_is_served() {
    long id = user("changes", "operator", true);
    RestApi user = rest.as("changes", PASSWORD);

    assertThat(user.get("/me").expect(200).json().path("mustChangePassword").asBoolean()).isTrue();
    user.get("/brokers").expectProblem(403, "password-change-required");
    user.put("/me/password", password(OTHER, PASSWORD)).expectProblem(400, "invalid-request");
    user.put("/me/password", password(PASSWORD, PASSWORD)).expectProblem(400, "invalid-request");
    user.put("/me/password", password(PASSWORD, "short")).expectProblem(400, "invalid-request");
    user.put("/me/password", password(PASSWORD, OTHER)).expect(204);

    user.get("/brokers").expectProblem(401, "not-signed-in");
    rest.as("changes", OTHER).get("/brokers").expect(200);
    assertThat(rest.get("/users/" + id).json().path("mustChangePassword").asBoolean()).isFalse();
    assertThat(rest.get("/users/" + id).text()).doesNotContain("argon2", OTHER);
  }

  @Test
  void given_a_user_when_it_is_disabled_demoted_or_deleted_then_the_next_request_sees_it() {
    long id = ready("leaves", "operator", false);
    RestApi user = rest.as("LEAVES", PASSWORD);
    RestApi token = rest.withToken(token(user, Map.of("name", "t")));
    String path = "/subscriptions/999999999/unsubscribe";
    user.post(path).expect(404);
    token.post(path).expect(404);

    rest.patch("/users/" + id, Map.of("role", "viewer")).expect(200);
    user.post(path).expectProblem(403, "forbidden");
    token.post(path).expectProblem(403, "forbidden");

    rest.patch("/users/" + id, Map.of("enabled", false)).expect(200);
    user.get("/brokers").expect(401);
    token.get("/brokers").expect(401);
    assertThat(accounts.exists("leaves")).isTrue();

    rest.patch("/users/" + id, Map.of("enabled", true)).expect(200);
    token.get("/brokers").expect(200);
    rest.delete("/users/" + id).expect(204);
    token.get("/brokers").expect(401);
    assertThat(accounts.exists("leaves")).isFalse();
  }

  @Test
  void given_a_token_when_it_is_made_then_it_may_no_more_than_asked_for_and_is_shown_once() {
    ready("tokens", "operator", true);
    RestApi user = rest.as("tokens", PASSWORD);
    user.post("/me/tokens", Map.of("name", "t", "role", "administrator"))
        .expectProblem(400, "invalid-request");
    user.post("/me/tokens", Map.of("name", "t", "expiresAt", "2020-01-01T00:00:00Z"))
        .expectProblem(400, "invalid-request");
    JsonNode made =
        user.post("/me/tokens", Map.of("name", "t", "role", "viewer")).expect(201).json();
    user.post("/me/tokens", Map.of("name", "t")).expectProblem(409, "conflict");
    String text = made.required("token").asText();
    RestApi token = rest.withToken(text);

    JsonNode me = token.get("/me").expect(200).json();
    assertThat(me.path("role").asText()).isEqualTo("viewer");
    assertThat(me.path("readsPayloads").asBoolean()).isFalse();
    assertThat(me.path("tokenId").asLong()).isEqualTo(made.path("id").asLong());
    token.post("/me/tokens", Map.of("name", "another")).expectProblem(403, "forbidden");
    Answer list = user.get("/me/tokens").expect(200);
    assertThat(list.text()).contains(text.substring(0, 10)).doesNotContain(text);
    assertThat(list.json().path("items").path(0).path("lastUsedAt").isNull()).isFalse();

    user.delete("/me/tokens/" + made.path("id").asLong()).expect(204);
    token.get("/me").expectProblem(401, "not-signed-in");
  }

  @Test
  void given_a_token_when_its_time_is_over_then_it_is_refused() {
    ready("expires", "viewer", false);
    RestApi token = rest.withToken(token(rest.as("expires", PASSWORD), Map.of("name", "t")));
    token.get("/me").expect(200);

    database
        .sql(
            """
            update api_token set expires_at = now() - interval '1 second'
            where account_id = (select id from account where name = 'expires')
            """)
        .update();

    token.get("/me").expectProblem(401, "not-signed-in");
  }

  @Test
  void given_the_last_administrator_when_it_is_to_go_then_it_stays() {
    long admin = rest.get("/me").json().required("id").asLong();
    database
        .sql("update account set enabled = false where role = 'administrator' and id <> :id")
        .param("id", admin)
        .update();

    rest.patch("/users/" + admin, Map.of("enabled", false)).expectProblem(409, "conflict");
    rest.patch("/users/" + admin, Map.of("role", "operator")).expectProblem(409, "conflict");
    rest.delete("/users/" + admin).expectProblem(409, "conflict");

    database.sql("update account set enabled = true").update();
  }

  @Test
  void given_a_reader_without_payloads_when_messages_are_read_then_theirs_are_withheld() {
    ready("blind", "operator", false);
    RestApi blind = rest.as("blind", PASSWORD);
    long broker = rest.create("/brokers", Map.of("name", "Blind", "host", "127.0.0.1"));
    long signal =
        rest.create(
            "/signals",
            Map.of("name", "Blind", "brokerId", broker, "topic", "blind", "payload", "secret-42"));
    database
        .sql(
            """
            insert into history (id, "timestamp", direction, broker_id, signal_id, topic, payload, qos, retain, duplicate)
            values (nextval('history_id_seq'), now(), 'send', :broker, :signal, 'blind', 'secret-42', 0, false, false)
            """)
        .param("broker", broker)
        .param("signal", signal)
        .update();
    long entry = rest.get("/signals/" + signal + "/history").json().at("/items/0/id").asLong();

    assertWithheld(blind.get("/signals/" + signal), "");
    assertWithheld(blind.get("/signals?brokerId=" + broker), "/items/0");
    assertWithheld(blind.patch("/signals/" + signal, Map.of("name", "Blind 2")), "");
    assertWithheld(blind.get("/signals/" + signal + "/history"), "/items/0");
    assertWithheld(blind.get("/history?brokerId=" + broker), "/items/0");
    assertWithheld(blind.get("/history/" + entry), "");
    blind.get("/history/" + entry + "/payload").expectProblem(403, "forbidden");
    blind.get("/history?contains=secret").expectProblem(403, "forbidden");
    blind.get("/history?con%74ains=secret").expectProblem(403, "forbidden");
    Answer seen = rest.get("/history/" + entry).expect(200);
    assertThat(seen.json().path("payload").asText()).isEqualTo("secret-42");
    assertThat(seen.json().has("payloadWithheld")).isFalse();
  }

  private static void assertWithheld(Answer answer, String place) {
    JsonNode record = answer.expect(200).json().at(place);
    assertThat(record.path("payload").isNull()).as(answer.text()).isTrue();
    assertThat(record.path("payloadWithheld").asBoolean()).as(answer.text()).isTrue();
    assertThat(record.path("topic").asText()).isEqualTo("blind");
    assertThat(answer.text()).doesNotContain("secret-42");
  }

  private static Map<String, String> password(String current, String password) {
    return Map.of("current", current, "password", password);
  }

  private static String token(RestApi user, Map<String, ?> request) {
    return user.post("/me/tokens", request).expect(201).json().required("token").asText();
  }

  private long ready(String name, String role, boolean payloads) {
    return user(name, role, payloads, false);
  }

  private long user(String name, String role, boolean payloads) {
    return user(name, role, payloads, true);
  }

  private long user(String name, String role, boolean payloads, boolean mustChange) {
    return rest.create(
        "/users",
        Map.of(
            "name", name,
            "password", PASSWORD,
            "mustChangePassword", mustChange,
            "role", role,
            "readsPayloads", payloads));
  }
}
