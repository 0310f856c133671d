package org.mqttintegration.routefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.bridge.BridgeFixture;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;

/** Route files that are tried on the history. */
@IntegrationTest
class RouteTrialIT {

  @Autowired RestApi api;
  @Autowired BrokerService brokers;
  @Autowired LocalBroker local;
  @Autowired CamelContext camel;

  private BridgeFixture bridge;

  @BeforeEach
  void aHistory() throws Exception {
    bridge = new BridgeFixture(api, brokers, local, camel, "trial");
    for (int i = 0; i < 5; i++) {
      bridge.publish("t" + i % 2, Integer.toString(20 + i));
    }
    Awaitility.await().until(() -> history().size() == 5);
  }

  @AfterEach
  void noHistory() throws Exception {
    api.delete("/route-files/trial.camel.yaml");
    bridge.close();
  }

  @Test
  void given_a_file_when_tried_then_what_its_targets_would_have_received_is_told() {
    JsonNode result =
        tryOut(
            """
            - route:
                id: trial-one
                from:
                  uri: signal:receive
                  parameters:
                    broker: trial
                    topic: trial/+
                    durable: trial-one
                  steps:
                    - setHeader:
                        name: unit
                        constant: "°C"
                    - to:
                        uri: direct:further
                    - to:
                        uri: signal:send
                        parameters:
                          broker: trial
                          topic: trial/sent
            - route:
                id: trial-further
                from:
                  uri: direct:further
                  steps:
                    - choice:
                        when:
                          - simple: ${body} == '23'
                            steps:
                              - throwException:
                                  exceptionType: java.lang.IllegalArgumentException
                                  message: not 23
                    - to:
                        uri: http://erp.example.org/readings
                        parameters:
                          httpMethod: POST
            """);

    assertThat(result.get("messages").asInt()).isEqualTo(5);
    assertThat(result.get("complete").asBoolean()).isTrue();
    assertThat(result.get("failures")).hasSize(1);
    assertThat(result.at("/failures/0/message").asText()).isEqualTo("not 23");
    assertThat(result.get("sent")).hasSize(8);
    assertThat(result.at("/sent/0/to").asText()).startsWith("http://erp.example.org/readings");
    assertThat(result.at("/sent/0/body").asText()).isEqualTo("20");
    assertThat(result.at("/sent/0/headers/unit").asText()).isEqualTo("°C");
    assertThat(result.at("/sent/0/headers/mqttTopic").asText()).isEqualTo("trial/t0");
    assertThat(result.at("/sent/0/routeId").asText()).isEqualTo("trial-one");
    assertThat(result.at("/sent/0/historyId").asLong())
        .isEqualTo(history().get(4).get("id").asLong());
    assertThat(result.at("/sent/1/to").asText()).startsWith("signal:send");
    assertThat(result.get("difference").isNull()).isTrue();
    assertThat(api.get("/positions/trial-one").status()).as("no position moved").isEqualTo(404);
    assertThat(history()).as("nothing was sent").hasSize(5);
  }

  @Test
  void given_a_running_version_when_another_is_tried_then_the_difference_is_told() {
    api.send(
            "PUT",
            "/route-files/trial.camel.yaml",
            route("10"),
            Map.of("Content-Type", "text/yaml"))
        .expect(200);

    JsonNode difference = tryOut(route("23")).get("difference");

    assertThat(difference.get("same").asInt()).isEqualTo(2);
    assertThat(difference.get("added")).isEmpty();
    assertThat(difference.get("removed")).hasSize(3);
    assertThat(difference.at("/removed/0/body").asText()).isEqualTo("20");
  }

  @Test
  void given_a_route_that_aggregates_when_tried_then_its_groups_are_completed() {
    JsonNode result =
        tryOut(
            """
            - route:
                id: trial-aggregate
                from:
                  uri: signal:receive
                  parameters:
                    broker: trial
                  steps:
                    - aggregate:
                        aggregationStrategy: "#class:org.apache.camel.processor.aggregate.StringAggregationStrategy"
                        completionInterval: "60000"
                        correlationExpression:
                          header: mqttTopic
                        steps:
                          - to:
                              uri: kafka:readings
            """);

    assertThat(result.get("sent")).hasSize(2);
    assertThat(result.at("/sent/0/body").asText()).contains("20").contains("24");
  }

  @Test
  void given_a_wrong_file_when_tried_then_it_is_refused_with_its_lines() {
    Answer answer =
        api.send(
            "POST",
            "/route-files/try",
            "- route:\n    id: x\n",
            Map.of("Content-Type", "text/yaml"));

    answer.expectProblem(422, "route-file-refused");
    assertThat(answer.json().at("/errors/0/field").asText()).startsWith("line ");
  }

  private JsonNode tryOut(String file) {
    return api.send(
            "POST",
            "/route-files/try?name=trial.camel.yaml",
            file,
            Map.of("Content-Type", "text/yaml"))
        .expect(200)
        .json();
  }

  private JsonNode history() {
    return api.get("/history?brokerId=" + bridge.brokerId()).expect(200).json().get("items");
  }

  private static String route(String limit) {
    return """
    - route:
        id: trial-limit
        from:
          uri: signal:receive
          parameters:
            broker: trial
          steps:
            - filter:
                simple: ${bodyAs(Integer)} >= %s
                steps:
                  - to:
                      uri: log:warm
    """
        .formatted(limit);
  }
}
