package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.mqttintegration.bridge.BridgeFixture;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;

/** What may have parts of payloads in it, asked for by who may not read them. */
@IntegrationTest
class WithheldPayloadsIT {

  private static final String CANARY = "payload-canary-7";
  private static final String FILE = "/route-files/withheld.camel.yaml";

  @Autowired RestApi rest;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired CamelContext camel;
  @Autowired WithheldPayloads withheld;

  @Test
  void given_values_of_a_schedule_when_not_to_be_read_then_nothing_has_them_and_they_stay() {
    RestApi blind = blind("blind-of-schedules");
    long broker = rest.create("/brokers", Map.of("name", "Blind values", "host", "127.0.0.1"));
    long signal =
        rest.create(
            "/signals",
            Map.of(
                "name", "Values", "brokerId", broker, "topic", "v", "payload", "{{code}} {{n.m}}"));
    Map<String, Object> values = Map.of("code", CANARY, "n", Map.of("m", CANARY));
    long id =
        rest.create(
            "/schedules",
            Map.of("signalId", signal, "at", "2131-01-01T00:00:00Z", "values", values));
    String path = "/schedules/" + id;

    assertWithheld(blind.get(path), "", "values");
    assertWithheld(blind.get("/schedules?signalId=" + signal), "/items/0", "values");
    assertWithheld(blind.post(path + "/pause"), "", "values");
    assertWithheld(blind.post(path + "/resume"), "", "values");
    assertWithheld(blind.patch(path, Map.of("at", "2132-01-01T00:00:00Z")), "", "values");

    Answer seen = rest.get(path).expect(200);
    assertThat(seen.json().at("/values/n/m").asText()).isEqualTo(CANARY);
    assertThat(seen.json().has("payloadWithheld")).isFalse();
    Answer audit = rest.get("/audit?recordKind=schedule&recordId=" + id).expect(200);
    assertThat(audit.text()).contains("\"values.code\"", "\"values.n.m\"").doesNotContain(CANARY);
    rest.delete("/brokers/%d?cascade=true".formatted(broker));
  }

  @Test
  void given_a_dead_letter_when_its_payload_is_not_to_be_read_then_nothing_quotes_it()
      throws Exception {
    RestApi blind = blind("blind-of-letters");
    try (BridgeFixture bridge = new BridgeFixture(rest, brokers, local, camel, "withheld")) {
      rest.send("PUT", FILE, ROUTE, Map.of("Content-Type", "text/yaml")).expect(200);
      bridge.publish("a", CANARY);
      String query = "/dead-letters?routeId=withheld";
      await().until(() -> !rest.get(query).json().path("items").isEmpty());
      JsonNode letter = rest.get(query).expect(200).json().at("/items/0");
      assertThat(letter.path("message").asText()).contains(CANARY); // Camel quotes it
      String path = "/dead-letters/" + letter.path("id").asLong();

      assertWithheld(blind.get(path), "", "body", "headers", "message");
      assertWithheld(blind.get(query), "/items/0", "message");
      assertWithheld(blind.post(path + "/retry"), "", "message");

      assertThat(blind.get(path).json().path("exception").asText()).contains("Exception");
      JsonNode seen = rest.get(path).expect(200).json();
      assertThat(seen.path("body").asText()).isEqualTo(CANARY);
      assertThat(seen.path("headers").toString()).contains("mqttTopic");
      assertThat(rest.get("/route-files/withheld.camel.yaml/thread").expect(200).text())
          .doesNotContain(CANARY);
    }
    rest.delete("/dead-letters?routeId=withheld").expect(200);
    rest.delete(FILE).expect(204);
  }

  @Test
  void given_an_object_that_lacks_several_fields_when_written_then_it_says_so_once()
      throws Exception {
    byte[] answer =
        """
        {"headers": {"body": 1}, "id": 1, "body": "a", "message": null, "in": {"payload": [1], "x": {}}, "y": [{"body": {}}]}
        """
            .getBytes();

    byte[] without = withheld.without(answer);

    ObjectMapper strict = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    assertThat(strict.readTree(without))
        .isEqualTo(
            strict.readTree(
                """
                {"headers": null, "payloadWithheld": true, "id": 1, "body": null, "message": null,
                 "in": {"payload": null, "payloadWithheld": true, "x": {}},
                 "y": [{"body": null, "payloadWithheld": true}]}
                """));
  }

  private static final String ROUTE =
      """
      - route:
          id: withheld
          description: Cannot make a number of what it gets
          from:
            uri: signal:receive
            parameters:
              broker: withheld
            steps:
              - convertBodyTo:
                  type: java.lang.String
              - convertBodyTo:
                  type: java.lang.Integer
              - log:
                  message: never
      """;

  private static void assertWithheld(Answer answer, String place, String... fields) {
    JsonNode record = answer.expect(200).json().at(place);
    for (String field : fields) {
      assertThat(record.has(field)).as(answer.text()).isTrue();
      assertThat(record.path(field).isNull()).as(answer.text()).isTrue();
    }
    assertThat(record.path("payloadWithheld").asBoolean()).as(answer.text()).isTrue();
    assertThat(answer.text()).doesNotContain(CANARY);
  }

  private RestApi blind(String name) {
    return rest.account(name, "operator", false);
  }
}
