package org.mqttintegration.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.WriteOnly;
import org.mqttintegration.testing.Certificates;
import org.mqttintegration.testing.IntegrationTest;

/** The fields of brokers: which are unique, and what PATCH and PUT make of them. */
@IntegrationTest
class BrokerFieldsIT extends StoredBrokers {

  @Test
  void given_concurrent_requests_when_names_are_equal_then_one_wins_and_the_others_are_told()
      throws Exception {
    assertOneWins("name", i -> create("unique-name", "client-u-" + i));
  }

  @Test
  void given_concurrent_requests_when_client_ids_are_equal_then_one_wins() throws Exception {
    assertOneWins("clientId", i -> create("unique-client-" + i, "same-client"));
  }

  @Test
  void given_a_taken_name_when_a_broker_is_renamed_to_it_then_it_is_a_conflict() {
    long one = create("taken");
    long two = create("other");
    assertConflict(problem(() -> brokers.patch(two, tree("{\"name\":\"taken\"}"))), "name");
    assertThat(brokers.get(two).name()).isEqualTo("other");
    brokers.delete(one, false);
    brokers.delete(two, false);
  }

  @Test
  void given_a_patch_when_applied_then_null_removes_and_what_it_does_not_name_stays() {
    long id = create("patched");
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
    long id = create("replaced");
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
  void given_a_client_key_when_stored_then_it_stays_is_never_answered_and_goes_with_null() {
    long id = create("with-key");
    String key = Certificates.newKey();
    String stored =
        api.patch(
                "/brokers/" + id,
                Map.of("clientKey", key, "tls", Map.of("certificateFile", "c.pem")))
            .expect(200)
            .text();

    assertThat(stored).contains("\"clientKeySet\":true").doesNotContain("PRIVATE KEY");
    assertThat(brokers.patch(id, tree("{\"note\":\"n\"}")).clientKeySet()).isTrue();
    assertThat(problem(() -> brokers.patch(id, tree("{\"clientKey\":null}"))).errors())
        .extracting(FieldError::field)
        .containsExactly("tls.keyFile");
    assertThat(brokers.patch(id, tree("{\"clientKey\":null,\"tls\":null}")).clientKeySet())
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
    long id = create("with-options");

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

  /** Makes brokers at once that are equal in this field; the others are told what they share. */
  private void assertOneWins(String field, IntFunction<Object> create) throws Exception {
    List<Object> outcomes = concurrently(8, create);
    assertThat(outcomes.stream().filter(Long.class::isInstance)).hasSize(1);
    assertThat(outcomes.stream().filter(ProblemException.class::isInstance))
        .hasSize(7)
        .allSatisfy(problem -> assertConflict((ProblemException) problem, field));
    outcomes.stream()
        .filter(Long.class::isInstance)
        .forEach(id -> brokers.delete((Long) id, false));
  }

  private static void assertConflict(ProblemException problem, String field) {
    assertThat(problem.type()).isEqualTo(ProblemType.CONFLICT);
    assertThat(problem.errors()).extracting(FieldError::field).containsExactly(field);
  }

  private static List<Object> concurrently(int count, IntFunction<Object> call) throws Exception {
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
