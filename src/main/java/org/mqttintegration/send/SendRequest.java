package org.mqttintegration.send;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.resource.PayloadEncoding;

/**
 * A message to send that no signal stands for.
 *
 * @param brokerId the broker to send to
 * @param topic the topic to publish to
 * @param payload the payload; empty when absent
 * @param payloadEncoding how the payload is written here; {@code utf8} when absent
 * @param payloadFormat what the payload is meant to be; {@code text} when absent
 * @param qos the QoS, 0 to 2; 0 when absent
 * @param retain whether the broker keeps it for later subscribers; false when absent
 * @param properties its MQTT 5 properties; none when absent
 * @param values makes topic and payload templates, and fills them; when absent they are as they are
 */
public record SendRequest(
    @NotNull(message = "A send has a broker.") @Nullable Long brokerId,
    @NotNull(message = "A send has a topic.") @ValidTopicName @Nullable String topic,
    @Nullable String payload,
    @Nullable PayloadEncoding payloadEncoding,
    @Nullable PayloadFormat payloadFormat,
    @Min(value = 0, message = QOS) @Max(value = 2, message = QOS) @Nullable Integer qos,
    @Nullable Boolean retain,
    @Nullable SendProperties properties,
    @Nullable Map<String, JsonNode> values) {

  private static final String QOS = "QoS is 0, 1 or 2.";

  void addFaults(Templates templates, List<FieldError> errors) {
    try {
      byte[] bytes = bytes();
      PayloadEncoding written = values == null ? PayloadEncoding.BASE64 : encoding();
      String fault = templates.fault(bytes, written, format());
      if (fault != null) {
        errors.add(new FieldError("payload", fault));
      }
      if (properties != null) {
        properties.addFaults(bytes, errors);
      }
    } catch (IllegalArgumentException e) {
      errors.add(new FieldError("payload", String.valueOf(e.getMessage())));
    }
  }

  private byte[] bytes() {
    return encoding().decode(Objects.requireNonNullElse(payload, ""));
  }

  private PayloadEncoding encoding() {
    return Objects.requireNonNullElse(payloadEncoding, PayloadEncoding.UTF8);
  }

  private PayloadFormat format() {
    return Objects.requireNonNullElse(payloadFormat, PayloadFormat.TEXT);
  }

  Publish message(Templates templates) {
    return values == null ? message() : templates.fill(message(), encoding(), format(), values);
  }

  private Publish message() {
    return Publish.to(Objects.requireNonNull(brokerId), Objects.requireNonNull(topic), bytes())
        .withQos(Objects.requireNonNullElse(qos, 0))
        .withRetain(Objects.requireNonNullElse(retain, false))
        .withProperties(properties == null ? MessageProperties.NONE : properties.message());
  }

  /** Without the payload. */
  @Override
  public String toString() {
    return "SendRequest[brokerId=%s, topic=%s]".formatted(brokerId, topic);
  }
}
