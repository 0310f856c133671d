package org.mqttintegration.routefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;

/** What editors ask of route files. */
@IntegrationTest
class RouteFileCompletionIT {

  private static final Map<String, String> YAML = Map.of("Content-Type", "text/yaml");

  private static final String FILE =
      """
      - route:
          id: editors-one
          from:
            uri: direct:editors-one
            steps:
              - choice:
                  when:
                    - simple: ${body} == 1
                      steps:
                        - to:
                            uri: log:editors?level=WARN
              - wireTap:
                  uri: direct:editors-two
              - to:
                  uri: log:editors?level=WARN
      - route:
          id: editors-two
          from:
            uri: direct:editors-two
            steps:
              - stop: {}
      """;

  @Autowired private RestApi api;

  @AfterEach
  void noFile() {
    api.delete("/route-files/editors.camel.yaml");
  }

  @Test
  void given_a_file_that_is_being_typed_when_completed_then_what_may_stand_there_is_told() {
    Answer answer =
        api.send(
            "POST",
            "/route-files/complete?line=3&column=15",
            "- route:\n    from:\n      uri: sig",
            YAML);

    JsonNode proposals = answer.expect(200).json();
    assertThat(proposals.get("column").asInt()).isEqualTo(12);
    assertThat(proposals.at("/items/0/text").asText()).isEqualTo("signal:receive");
    assertThat(proposals.at("/items/0/kind").asText()).isEqualTo("component");
    assertThat(api.send("POST", "/route-files/complete?line=0&column=1", "x", YAML).status())
        .isEqualTo(400);
  }

  @Test
  void given_a_file_when_it_is_checked_and_applied_then_its_routes_and_their_targets_are_told() {
    JsonNode verdict = api.send("POST", "/route-files/validate", FILE, YAML).expect(200).json();
    assertThat(verdict.get("routes"))
        .extracting(JsonNode::asText)
        .containsExactly("editors-one", "editors-two");

    api.send("PUT", "/route-files/editors.camel.yaml", FILE, YAML).expect(200);
    JsonNode route = route("editors-one");
    assertThat(route.get("to"))
        .extracting(JsonNode::asText)
        .containsExactly("log:editors?level=WARN", "direct:editors-two");
    assertThat(route.get("deadLetters").asInt()).isZero();
    assertThat(route("editors-two").get("to")).isEmpty();
  }

  private JsonNode route(String id) {
    for (JsonNode route : api.get("/routes").expect(200).json().get("items")) {
      if (route.get("id").asText().equals(id)) {
        return route;
      }
    }
    throw new AssertionError("There is no route " + id);
  }
}
