package org.mqttintegration.request;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.RecordedMessage;
import org.mqttintegration.mqtt.ReceivedMessage;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.mqtt.UserProperty;
import org.mqttintegration.resource.PayloadEncoding;

/**
 * A message that came back.
 *
 * @param historyId its row in the history, null when it was dropped there (QoS 0, too many wait)
 * @param receivedAt when it was read
 * @param topic the response topic
 * @param payload the payload
 * @param payloadEncoding how the payload is written here
 * @param qos the QoS it came with
 * @param contentType its Content Type
 * @param userProperties its User Properties
 */
record Response(
    @Nullable Long historyId,
    Instant receivedAt,
    String topic,
    String payload,
    PayloadEncoding payloadEncoding,
    int qos,
    @Nullable String contentType,
    List<UserProperty> userProperties) {

  static Response of(ReceivedMessage message, @Nullable Long historyId) {
    return of(
        historyId,
        message.receivedAt(),
        message.topic(),
        message.payload(),
        message.qos(),
        message.properties());
  }

  static Response of(RecordedMessage message) {
    return of(
        message.id(),
        message.timestamp(),
        message.topic(),
        message.payload(),
        message.qos(),
        message.properties());
  }

  private static Response of(
      @Nullable Long historyId,
      Instant receivedAt,
      String topic,
      byte[] payload,
      int qos,
      MessageProperties properties) {
    PayloadEncoding encoding = PayloadEncoding.of(payload);
    return new Response(
        historyId,
        receivedAt,
        topic,
        encoding.encode(payload),
        encoding,
        qos,
        properties.contentType(),
        properties.userProperties());
  }

  /** Without the payload. */
  @Override
  public String toString() {
    return "Response[historyId=%s]".formatted(historyId);
  }
}
