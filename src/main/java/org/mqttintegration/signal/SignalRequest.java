package org.mqttintegration.signal;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.PayloadEncoding;
import org.mqttintegration.resource.Utf8String;
import org.mqttintegration.send.PayloadFormat;
import org.mqttintegration.send.SendProperties;
import org.mqttintegration.send.ValidTopicName;

/**
 * What a signal shall be.
 *
 * @param name what people call it
 * @param brokerId the broker to send to
 * @param subscriptionId a subscription of that broker that the signal belongs to, none when absent
 * @param topic the topic to publish to; when absent, that of the subscription, which then has no
 *     wildcard. It is taken over when the signal is stored.
 * @param payload the payload; empty when absent
 * @param payloadEncoding how the payload is written here; {@code utf8} when absent
 * @param payloadFormat what the payload is meant to be; {@code text} when absent
 * @param retain whether the broker keeps it for later subscribers; false when absent
 * @param qos the QoS, 0 to 2; 0 when absent
 * @param properties its MQTT 5 properties; none when absent
 */
public record SignalRequest(
    @NotBlank(message = "A signal has a name.") @Utf8String(maxBytes = 1_024) @Nullable String name,
    @NotNull(message = "A signal has a broker.") @Nullable Long brokerId,
    @Nullable Long subscriptionId,
    @ValidTopicName @Nullable String topic,
    @Nullable String payload,
    @Nullable PayloadEncoding payloadEncoding,
    @Nullable PayloadFormat payloadFormat,
    @Nullable Boolean retain,
    @Min(value = 0, message = QOS) @Max(value = 2, message = QOS) @Nullable Integer qos,
    @Nullable SendProperties properties) {

  private static final String QOS = "QoS is 0, 1 or 2.";

  PayloadEncoding encoding() {
    return Objects.requireNonNullElse(payloadEncoding, PayloadEncoding.UTF8);
  }

  PayloadFormat format() {
    return Objects.requireNonNullElse(payloadFormat, PayloadFormat.TEXT);
  }

  /**
   * The payload's bytes.
   *
   * @throws IllegalArgumentException when the payload is not what its encoding says
   */
  byte[] bytes() {
    return encoding().decode(Objects.requireNonNullElse(payload, ""));
  }

  /** Without the payload. */
  @Override
  public String toString() {
    return "SignalRequest[name=%s, brokerId=%s, topic=%s]".formatted(name, brokerId, topic);
  }
}
