package org.mqttintegration.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.MqttTestClient.Received;

/** The examples aggregate-minute and json-transform-filter. */
@ExtendWith(Examples.class)
class ReadingsExamplesIT {

  private final ObjectMapper json = new ObjectMapper();
  private final ExampleApplication application;

  ReadingsExamplesIT(ExampleApplication application) {
    this.application = application;
  }

  @Test
  void given_aggregate_minute_when_readings_come_then_each_minute_is_one_message()
      throws Exception {
    List<Double> readings = List.of(20.0, 25.5, 19.0, 23.5);
    try (MqttTestClient mqtt = application.mqtt()) {
      mqtt.subscribe("plant/minute/temperature/minute", 1);
      for (double celsius : readings) {
        mqtt.publish("plant/minute/temperature", "{\"celsius\": " + celsius + "}", 1);
      }
      mqtt.publish("plant/minute/temperature", "{\"bar\": 7}", 1);

      // one message, or two when the minute changed meanwhile
      List<JsonNode> minutes =
          await()
              .atMost(Duration.ofSeconds(60))
              .until(() -> parsed(mqtt.received()), found -> sum(found, "count") == 4);
      assertThat(minutes)
          .allSatisfy(
              minute ->
                  assertThat(minute.path("minute").asText())
                      .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d"));
      assertThat(minutes.stream().mapToDouble(m -> m.path("min").asDouble()).min()).hasValue(19.0);
      assertThat(minutes.stream().mapToDouble(m -> m.path("max").asDouble()).max()).hasValue(25.5);
      double total =
          minutes.stream()
              .mapToDouble(m -> m.path("mean").asDouble() * m.path("count").asInt())
              .sum();
      assertThat(total).isEqualTo(88.0);
    }
  }

  @Test
  void given_json_transform_filter_when_readings_come_then_hot_ones_are_published_in_another_form()
      throws Exception {
    try (MqttTestClient mqtt = application.mqtt()) {
      mqtt.subscribe("alarms/hot", 1);

      mqtt.publish("plant/hot-1/temperature", "{\"celsius\": 79}", 1);
      mqtt.publish("plant/hot-1/temperature", "{\"celsius\": 100}", 1);

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(parsed(mqtt.received()))
                      .filteredOn(alarm -> alarm.path("line").asText().equals("hot-1"))
                      .singleElement()
                      .satisfies(
                          alarm -> assertThat(alarm.path("fahrenheit").asDouble()).isEqualTo(212)));
    }
  }

  private static int sum(List<JsonNode> nodes, String field) {
    return nodes.stream().mapToInt(node -> node.path(field).asInt()).sum();
  }

  private List<JsonNode> parsed(List<Received> received) throws Exception {
    List<JsonNode> nodes = new ArrayList<>();
    for (Received message : received) {
      nodes.add(json.readTree(message.text()));
    }
    return nodes;
  }
}
