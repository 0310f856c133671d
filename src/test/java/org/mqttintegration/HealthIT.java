package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.Ports;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;

/** Health, group by group, and the levels of logs. */
@IntegrationTest
class HealthIT {

  private static final String HEALTH = "//actuator/health";
  private static final String LOGGER = "//actuator/loggers/org.mqttintegration.broker";

  @Autowired RestApi api;
  @Autowired LocalBroker local;

  @Test
  void given_a_broker_that_is_away_when_health_is_asked_then_it_is_shown_and_takes_nothing_out()
      throws IOException {
    long broker =
        api.create("/brokers", Map.of("name", "Dead", "host", "127.0.0.1", "port", Ports.free()));
    try {
      await()
          .untilAsserted(
              () -> {
                Answer brokers = api.get(HEALTH + "/brokers").expect(503);
                assertThat(brokers.json().path("status").asText()).isEqualTo("DEGRADED");
                JsonNode dead = brokers.json().at("/components/broker/details/Dead");
                assertThat(dead.path("brokerId").asLong()).isEqualTo(broker);
                assertThat(dead.path("connection").asText()).isEqualTo("connecting");
                assertThat(dead.path("reason").asText()).contains("refused");
              });

      for (String path : new String[] {"", "/liveness", "/readiness", "/database"}) {
        Answer health = api.get(HEALTH + path).expect(200);
        assertThat(health.json().path("status").asText()).as(path).isEqualTo("UP");
      }
      Answer anonymous = api.anonymous().get(HEALTH + "/brokers").expect(503);
      assertThat(anonymous.text()).doesNotContain("Dead");
    } finally {
      api.delete("/brokers/" + broker).expect(204);
    }
    await()
        .untilAsserted(
            () -> assertThat(api.get(HEALTH + "/brokers").text()).doesNotContain("Dead"));
  }

  @Test
  void
      given_a_route_whose_target_is_away_when_health_is_asked_then_it_is_shown_and_takes_nothing_out()
          throws Exception {
    long broker =
        api.create(
            "/brokers", Map.of("name", "Health", "host", local.host(), "port", local.port()));
    api.subscribe(broker, "health/#", 1);
    String file =
        """
        - route:
            id: health-route
            description: Of the test of health
            from:
              uri: signal:receive?broker=Health&topic=health/in&durable=health-route
              steps:
                - to:
                    uri: http://127.0.0.1:%d/none
        """
            .formatted(Ports.free());
    Map<String, String> yaml = Map.of("Content-Type", "text/yaml");
    api.send("PUT", "/route-files/health.camel.yaml", file, yaml).expect(200);
    try (MqttTestClient publisher = MqttTestClient.connect(local.uri())) {
      publisher.publish("health/in", "1", 1);
      await()
          .untilAsserted(
              () -> {
                Answer routes = api.get(HEALTH + "/routes").expect(503);
                JsonNode route =
                    routes
                        .json()
                        .at("/components/route/details")
                        .path("health.camel.yaml")
                        .at("/routes/health-route");
                assertThat(route.path("state").asText()).isEqualTo("started");
                assertThat(route.path("waitingFor").asText()).contains("away");
              });
      for (String path : new String[] {"", "/liveness", "/readiness"}) {
        api.get(HEALTH + path).expect(200);
      }
      assertThat(api.anonymous().get(HEALTH + "/routes").expect(503).text())
          .doesNotContain("health-route");
    } finally {
      api.delete("/route-files/health.camel.yaml").expect(204);
      api.delete("/positions/health-route").expect(204);
      api.delete("/brokers/" + broker + "?cascade=true").expect(204);
    }
  }

  @Test
  void given_recording_when_its_health_is_asked_then_it_is_told_to_who_is_signed_in() {
    assertThat(api.get(HEALTH + "/recording").expect(200).json().path("status").asText())
        .isEqualTo("UP");
    api.anonymous().get(HEALTH + "/recording").expect(404);
  }

  @Test
  void given_a_level_when_it_is_changed_while_it_runs_then_only_an_administrator_may() {
    RestApi operator = api.account("loud", "operator", true);

    String before = level();

    operator.get(LOGGER).expect(403);
    operator.post(LOGGER, "{\"configuredLevel\": \"TRACE\"}").expect(403);
    api.anonymous().post(LOGGER, "{\"configuredLevel\": \"TRACE\"}").expect(401);
    assertThat(level()).isEqualTo(before);

    api.post(LOGGER, "{\"configuredLevel\": \"TRACE\"}").expect(204);
    assertThat(level()).isEqualTo("TRACE");
    api.post(LOGGER, "{}").expect(204);
    assertThat(level()).isEqualTo(before);
  }

  private String level() {
    return api.get(LOGGER).expect(200).json().path("effectiveLevel").asText();
  }
}
