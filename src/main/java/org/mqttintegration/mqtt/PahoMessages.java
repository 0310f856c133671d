package org.mqttintegration.mqtt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ReceivedMessage.Delivery;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;

/** Between Paho's messages and ours. */
public final class PahoMessages {

  private PahoMessages() {}

  /** The properties of a message to send, as Paho takes them. */
  public static MqttProperties toPaho(MessageProperties properties) {
    MqttProperties paho = new MqttProperties();
    paho.setContentType(properties.contentType());
    Integer format = properties.payloadFormatIndicator();
    paho.setPayloadFormat(format != null && format == 1);
    paho.setMessageExpiryInterval(properties.messageExpiryInterval());
    paho.setResponseTopic(properties.responseTopic());
    paho.setCorrelationData(properties.correlationData());
    paho.setUserProperties(
        properties.userProperties().stream()
            .map(p -> new org.eclipse.paho.mqttv5.common.packet.UserProperty(p.name(), p.value()))
            .toList());
    return paho;
  }

  /**
   * A message as it arrived, for one recipient.
   *
   * @param identifier the subscription identifier that the broker sent, if it did
   * @param again whether it certainly came before
   */
  static ReceivedMessage received(
      String topic,
      MqttMessage message,
      MessageProperties properties,
      @Nullable Integer identifier,
      boolean again,
      Delivery delivery) {
    return new ReceivedMessage(
        Instant.now().truncatedTo(ChronoUnit.MICROS),
        topic,
        message.getPayload(),
        message.getQos(),
        message.isRetained(),
        again, // Paho loses the DUP flag, and that alone would not be certain
        properties,
        identifier,
        delivery);
  }

  static MessageProperties properties(@Nullable MqttProperties paho) {
    if (paho == null) {
      return MessageProperties.NONE;
    }
    List<UserProperty> userProperties =
        paho.getUserProperties().stream()
            .map(p -> new UserProperty(p.getKey(), p.getValue()))
            .toList();
    // 0 says the same as no indicator at all (section 3.3.2.3.2), and Paho tells them not apart
    return new MessageProperties(
        paho.getContentType(),
        paho.getPayloadFormat() ? 1 : null,
        paho.getMessageExpiryInterval(),
        paho.getResponseTopic(),
        paho.getCorrelationData(),
        userProperties);
  }
}
