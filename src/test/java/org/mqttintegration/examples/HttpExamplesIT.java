package org.mqttintegration.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.MqttTestClient.Received;
import org.mqttintegration.testing.RestApi.Answer;

/** The examples http-webhook and http-ingest. */
@ExtendWith(Examples.class)
class HttpExamplesIT {

  private final ObjectMapper json = new ObjectMapper();
  private final ExampleApplication application;

  HttpExamplesIT(ExampleApplication application) {
    this.application = application;
  }

  @Test
  void given_http_webhook_when_messages_come_then_they_are_posted_as_json() throws Exception {
    try (MqttTestClient mqtt = application.mqtt()) {
      mqtt.publish("plant/webhook/json", "{\"celsius\": 21.5}", 1);
      mqtt.publish("plant/webhook/text", "off \"now\" °", 1);
    }

    JsonNode object = posted("plant/webhook/json", 1).get(0);
    assertThat(object.path("payload").path("celsius").asDouble()).isEqualTo(21.5);
    assertThat(object.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
    assertThat(object.path("id").isIntegralNumber()).isTrue();
    JsonNode text = posted("plant/webhook/text", 1).get(0);
    assertThat(text.path("payload").asText()).isEqualTo("off \"now\" °");
    assertThat(application.webhook.requests())
        .allSatisfy(
            request -> {
              assertThat(request.path()).isEqualTo("/messages");
              assertThat(request.contentType()).startsWith("application/json");
              assertThat(request.idempotencyKey())
                  .isEqualTo(parse(request.body()).path("id").asText());
            });
  }

  @Test
  void given_a_web_service_that_is_down_when_it_is_back_then_all_messages_come_in_order()
      throws Exception {
    List<String> numbers = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
    application.webhook.stop();
    try (MqttTestClient mqtt = application.mqtt()) {
      for (String number : numbers) {
        mqtt.publish("plant/webhook/outage", number, 1);
      }
    } finally {
      application.webhook.start();
    }

    assertThat(posted("plant/webhook/outage", numbers.size()))
        .extracting(posted -> posted.path("payload").asText())
        .containsExactlyElementsOf(numbers);
  }

  @Test
  void given_http_ingest_when_something_is_posted_then_it_is_published() throws Exception {
    try (MqttTestClient mqtt = application.mqtt()) {
      mqtt.subscribe("plant/ingest/#", 1);

      Answer answer = post("//ingest/topics/plant/ingest/temperature", "{\"celsius\": 5}");

      assertThat(answer.status()).isEqualTo(202);
      Received received = mqtt.await(1).get(0);
      assertThat(received.topic()).isEqualTo("plant/ingest/temperature");
      assertThat(received.text()).isEqualTo("{\"celsius\": 5}");
      assertThat(received.qos()).isEqualTo(1);
    }
  }

  @Test
  void given_http_ingest_when_the_topic_is_none_then_the_caller_is_told() {
    Answer answer = post("//ingest/topics/plant/+/temperature", "5");

    assertThat(answer.status()).isBetween(400, 499);
    assertThat(answer.text()).doesNotContain("Exception");
  }

  private Answer post(String path, String body) {
    return application.api().send("POST", path, body, Map.of("Content-Type", "application/json"));
  }

  /** What the web service has of a topic, once it has so much. */
  private List<JsonNode> posted(String topic, int count) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                application.webhook.requests().stream()
                    .map(request -> parse(request.body()))
                    .filter(body -> body.path("topic").asText().equals(topic))
                    .toList(),
            posted -> posted.size() >= count);
  }

  private JsonNode parse(String body) {
    try {
      return json.readTree(body);
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
