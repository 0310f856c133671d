package org.mqttintegration.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mqttintegration.testing.MqttTestClient;

/** The examples kafka-out and kafka-in, and kafka-log with its template. */
@ExtendWith(Examples.class)
class KafkaExamplesIT {

  private static final String TRACEPARENT =
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final ExampleApplication application;

  KafkaExamplesIT(ExampleApplication application) {
    this.application = application;
  }

  @Test
  void given_kafka_out_when_a_message_comes_then_it_is_a_record_with_its_topic_as_key()
      throws Exception {
    publish("plant/kafka/one", List.of("21.5 °C"));

    ConsumerRecord<String, String> record = records("plant/kafka/one", 1).get(0);
    assertThat(record.value()).isEqualTo("21.5 °C");
    assertThat(header(record, "mqttTopic")).isEqualTo("plant/kafka/one");
    assertThat(header(record, "mqttTimestamp")).endsWith("Z");
  }

  @Test
  void given_a_kafka_that_is_down_when_it_is_back_then_all_messages_come_in_order()
      throws Exception {
    List<String> numbers = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
    application.kafka.stop();
    try {
      publish("plant/kafka/outage", numbers);
      await().atMost(Duration.ofSeconds(60)).until(() -> application.isTargetAway("kafka-out"));
    } finally {
      application.kafka.start();
    }

    assertThat(records("plant/kafka/outage", numbers.size()))
        .extracting(ConsumerRecord::value)
        .containsExactlyElementsOf(numbers);
  }

  @Test
  void given_kafka_in_when_records_are_written_then_they_are_published_but_for_those_without_topic()
      throws Exception {
    try (MqttTestClient mqtt = application.mqtt()) {
      mqtt.subscribe("lines/#", 1);

      application.kafka.write("mqtt-commands", "lines/+/no-topic", "lost?");
      application.kafka.write("mqtt-commands", "lines/1/start", "now");

      assertThat(mqtt.await(1))
          .singleElement()
          .satisfies(
              received -> {
                assertThat(received.topic()).isEqualTo("lines/1/start");
                assertThat(received.text()).isEqualTo("now");
              });
    }
  }

  @Test
  void given_kafka_log_when_a_message_comes_then_the_record_has_all_of_it() throws Exception {
    byte[] payload = {0, (byte) 0xff, '\n'};
    MqttProperties properties = new MqttProperties();
    properties.setContentType("application/x-frame");
    properties.setUserProperties(
        List.of(
            new UserProperty("line", "7"),
            new UserProperty("line", "8"),
            new UserProperty("traceparent", TRACEPARENT)));
    try (MqttTestClient mqtt = application.mqtt()) {
      mqtt.publish("plant/kafka/log/whole", payload, 1, false, properties);
    }

    ConsumerRecord<String, String> record = log("plant/kafka/log/whole", 1).get(0);
    JsonNode entry =
        application
            .api()
            .get("/history?topic=plant/kafka/log/whole&direction=receive")
            .json()
            .path("items")
            .path(0);
    assertThat(record.value()).isEqualTo(new String(payload, StandardCharsets.UTF_8));
    assertThat(record.serializedValueSize()).isEqualTo(payload.length);
    assertThat(header(record, "mqttBroker")).isEqualTo("Local broker");
    assertThat(header(record, "mqttTopic")).isEqualTo("plant/kafka/log/whole");
    assertThat(header(record, "mqttHistoryId")).isEqualTo(entry.path("id").asText());
    assertThat(header(record, "mqttTimestamp")).isEqualTo(entry.path("timestamp").asText());
    assertThat(record.timestamp())
        .isEqualTo(Instant.parse(entry.path("timestamp").asText()).toEpochMilli());
    assertThat(header(record, "mqttQos")).isEqualTo("1");
    assertThat(header(record, "mqttRetain")).isEqualTo("false");
    assertThat(header(record, "mqttContentType")).isEqualTo("application/x-frame");
    assertThat(header(record, "mqttUserProperties"))
        .isEqualTo("{\"line\":[\"7\",\"8\"],\"traceparent\":\"%s\"}".formatted(TRACEPARENT));
    assertThat(header(record, "traceparent")).isEqualTo(TRACEPARENT);
  }

  @Test
  void
      given_kafka_log_when_kafka_was_stopped_and_started_then_no_message_is_missing_and_each_topic_is_in_order()
          throws Exception {
    List<String> numbers = IntStream.range(0, 150).mapToObj(Integer::toString).toList();
    publishToBoth(numbers.subList(0, 50));
    application.kafka.pause();
    try {
      publishToBoth(numbers.subList(50, 100));
      await().atMost(Duration.ofSeconds(60)).until(() -> application.isTargetAway("kafka-log"));
    } finally {
      application.kafka.goOn();
    }
    publishToBoth(numbers.subList(100, 150));

    for (String topic : List.of("plant/kafka/log/a", "plant/kafka/log/b")) {
      List<ConsumerRecord<String, String>> records = log(topic, numbers.size());
      assertThat(records).extracting(ConsumerRecord::value).containsExactlyElementsOf(numbers);
      assertThat(records)
          .extracting(record -> Long.valueOf(header(record, "mqttHistoryId")))
          .isSorted();
    }
  }

  private void publishToBoth(List<String> payloads) throws Exception {
    publish("plant/kafka/log/a", payloads);
    publish("plant/kafka/log/b", payloads);
  }

  /** What is in the log of a topic, a record that came twice once. */
  private List<ConsumerRecord<String, String>> log(String key, int count) {
    return await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> {
              Set<String> ids = new HashSet<>();
              return application.kafka.records("mqtt-log").stream()
                  .filter(record -> record.key().equals(key))
                  .filter(record -> ids.add(header(record, "mqttHistoryId")))
                  .toList();
            },
            records -> records.size() >= count);
  }

  private void publish(String topic, List<String> payloads) throws Exception {
    try (MqttTestClient mqtt = application.mqtt()) {
      for (String payload : payloads) {
        mqtt.publish(topic, payload, 1);
      }
    }
  }

  private List<ConsumerRecord<String, String>> records(String key, int count) {
    return await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                application.kafka.records("mqtt-messages").stream()
                    .filter(record -> record.key().equals(key))
                    .toList(),
            records -> records.size() >= count);
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
