package org.mqttintegration.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mqttintegration.testing.MqttTestClient;

/** The examples kafka-out and kafka-in. */
@ExtendWith(Examples.class)
class KafkaExamplesIT {

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
