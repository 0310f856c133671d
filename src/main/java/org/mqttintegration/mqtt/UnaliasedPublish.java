package org.mqttintegration.mqtt;

import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.jspecify.annotations.Nullable;

/**
 * A PUBLISH that is sent with its topic. Paho gives a topic an alias (MQTT 5, section 3.3.2.3.4)
 * before it finds that it cannot send the packet now; the next one would come with an alias that
 * the broker never heard of, which ends the connection.
 */
final class UnaliasedPublish extends MqttPublish {

  UnaliasedPublish(String topic, MqttMessage message) {
    super(topic, message, message.getProperties());
  }

  /** None: then Paho takes it for one that has its alias. What is written knows the topic. */
  @Override
  public @Nullable String getTopicName() {
    return null;
  }
}
