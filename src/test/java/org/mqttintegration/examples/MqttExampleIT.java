package org.mqttintegration.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.MqttTestClient.Received;

/** The example mqtt-to-mqtt. */
@ExtendWith(Examples.class)
class MqttExampleIT {

  private final ExampleApplication application;

  MqttExampleIT(ExampleApplication application) {
    this.application = application;
  }

  @Test
  void given_mqtt_to_mqtt_when_messages_come_then_they_are_on_the_other_broker_as_they_were()
      throws Exception {
    try (MqttTestClient here = application.mqtt();
        MqttTestClient there = application.otherMqtt()) {
      there.subscribe("plant/bridge/live/#", 2);

      here.publish("plant/bridge/live/exactly-once", "2", 2);
      MqttProperties properties = new MqttProperties();
      properties.setContentType("text/plain");
      properties.setUserProperties(List.of(new UserProperty("line", "1")));
      here.publish(
          "plant/bridge/live/properties",
          "°".getBytes(StandardCharsets.UTF_8),
          1,
          false,
          properties);

      List<Received> received = there.await(2);
      assertThat(of(received, "plant/bridge/live/exactly-once").qos()).isEqualTo(2);
      Received other = of(received, "plant/bridge/live/properties");
      assertThat(other.qos()).isEqualTo(1);
      assertThat(other.text()).isEqualTo("°");
      assertThat(other.properties().getContentType()).isEqualTo("text/plain");
      assertThat(other.properties().getUserProperties()).contains(new UserProperty("line", "1"));
    }
  }

  @Test
  void given_a_retained_message_when_it_is_bridged_then_it_is_retained_on_the_other_broker()
      throws Exception {
    try (MqttTestClient there = application.otherMqtt()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                there.subscribe(ExampleApplication.RETAINED, 1); // again gets what is retained
                assertThat(there.received())
                    .anySatisfy(
                        message -> {
                          assertThat(message.retained()).isTrue();
                          assertThat(message.text()).isEqualTo("on");
                        });
              });
    }
  }

  private static Received of(List<Received> received, String topic) {
    return received.stream().filter(r -> r.topic().equals(topic)).findFirst().orElseThrow();
  }
}
