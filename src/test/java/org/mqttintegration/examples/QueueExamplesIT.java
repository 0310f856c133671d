package org.mqttintegration.examples;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.ConnectionFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mqttintegration.examples.QueuePeer.Taken;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.MqttTestClient.Received;

/** The examples jms-out, jms-in, amqp-out and amqp-in. */
@ExtendWith(Examples.class)
class QueueExamplesIT {

  private final ExampleApplication application;

  QueueExamplesIT(ExampleApplication application) {
    this.application = application;
  }

  @ParameterizedTest
  @CsvSource({"jms, mqtt.messages", "amqp, mqtt.messages.amqp"})
  void given_a_bridge_to_a_queue_when_a_message_comes_then_it_is_there(String by, String queue)
      throws Exception {
    String topic = "plant/queue/" + by;
    try (MqttTestClient mqtt = application.mqtt()) {
      mqtt.publish(topic, "21.5 °C", 1);
    }

    Taken taken = QueuePeer.take(by(by), queue, topic);
    assertThat(taken.payload()).isEqualTo("21.5 °C");
    assertThat(taken.historyId()).isPositive();
  }

  @Test
  void given_a_queue_broker_that_is_down_when_it_is_back_then_all_messages_come_in_order()
      throws Exception {
    List<String> numbers = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
    String topic = "plant/queue/outage";
    application.queues.stop();
    try (MqttTestClient mqtt = application.mqtt()) {
      for (String number : numbers) {
        mqtt.publish(topic, number, 1);
      }
    } finally {
      application.queues.start();
    }

    assertThat(taken("jms", "mqtt.messages", topic, numbers.size())).isEqualTo(numbers);
    assertThat(taken("amqp", "mqtt.messages.amqp", topic, numbers.size())).isEqualTo(numbers);
  }

  @ParameterizedTest
  @CsvSource({"jms, mqtt.commands", "amqp, mqtt.commands.amqp"})
  void given_a_bridge_from_a_queue_when_messages_are_put_then_they_are_published(
      String by, String queue) throws Exception {
    String topic = "lines/" + by;
    try (MqttTestClient mqtt = application.mqtt()) {
      mqtt.subscribe("lines/" + by, 1);

      QueuePeer.put(by(by), queue, "lines/+/no-topic", "lost?");
      QueuePeer.put(by(by), queue, topic, "start °");

      Received received = mqtt.await(1).get(0);
      assertThat(received.topic()).isEqualTo(topic);
      assertThat(received.text()).isEqualTo("start °");
    }
  }

  private List<String> taken(String by, String queue, String topic, int count) throws Exception {
    List<String> payloads = new java.util.ArrayList<>();
    for (int i = 0; i < count; i++) {
      payloads.add(QueuePeer.take(by(by), queue, topic).payload());
    }
    return payloads;
  }

  private ConnectionFactory by(String protocol) {
    return protocol.equals("jms") ? application.queues.core() : application.queues.amqp();
  }
}
