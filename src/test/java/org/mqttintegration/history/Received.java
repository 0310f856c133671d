package org.mqttintegration.history;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.mqttintegration.mqtt.ReceivedMessage;
import org.mqttintegration.mqtt.ReceivedMessage.Delivery;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.mqtt.UserProperty;

/** Messages as tests receive them. */
final class Received {

  static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456Z");

  private static final Delivery DELIVERY = new Delivery("7", 1, 70, 0);

  private Received() {}

  static ReceivedMessage delivered(String topic, int qos, Delivery delivery) {
    return new ReceivedMessage(
        NOW, topic, new byte[0], qos, false, false, MessageProperties.NONE, null, delivery);
  }

  static ReceivedMessage message(String topic, byte[] payload, int qos) {
    return at(NOW, topic, payload, qos);
  }

  static ReceivedMessage message(String topic, int number) {
    return message(topic, Integer.toString(number).getBytes(StandardCharsets.UTF_8), 1);
  }

  static ReceivedMessage at(Instant time, String topic, byte[] payload, int qos) {
    return new ReceivedMessage(
        time, topic, payload, qos, false, false, MessageProperties.NONE, null, DELIVERY);
  }

  static ReceivedMessage with(String topic, MessageProperties properties) {
    return new ReceivedMessage(
        NOW, topic, new byte[0], 1, true, true, properties, 268_435_455, DELIVERY);
  }

  static MessageProperties userProperties(UserProperty... properties) {
    return new MessageProperties(null, null, null, null, null, List.of(properties));
  }
}
