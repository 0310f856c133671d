package org.mqttintegration.broker;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.TopicName;
import org.mqttintegration.mqtt.WillOptions;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.resource.PayloadEncoding;

/**
 * The message that a broker publishes when it loses us (MQTT 5, section 3.1.2.5).
 *
 * @param topic the topic it is published to
 * @param payload at most 65,535 bytes; empty when absent
 * @param payloadEncoding how the payload is written here; {@code utf8} when absent
 * @param qos the QoS, 0 to 2; 0 when absent
 * @param retain whether the broker keeps it for later subscribers; false when absent
 * @param delay how long the broker waits for us to come back first, 0 to 4,294,967,295 s; 0 when
 *     absent
 */
public record Will(
    @Nullable String topic,
    String payload,
    PayloadEncoding payloadEncoding,
    int qos,
    boolean retain,
    long delay) {

  private static final int MAX_PAYLOAD = 65_535; // Binary Data, section 1.5.6
  private static final int MAX_QOS = 2;

  public Will {
    payload = Objects.requireNonNullElse(payload, "");
    payloadEncoding = Objects.requireNonNullElse(payloadEncoding, PayloadEncoding.UTF8);
  }

  void addFaults(List<FieldError> errors) {
    String fault = topic == null ? "A will has a topic." : TopicName.fault(topic);
    if (fault != null) {
      errors.add(new FieldError("will.topic", fault));
    }
    try {
      if (payloadEncoding.decode(payload).length > MAX_PAYLOAD) {
        errors.add(new FieldError("will.payload", "A will has a payload of at most 65,535 bytes."));
      }
    } catch (IllegalArgumentException e) {
      errors.add(new FieldError("will.payload", String.valueOf(e.getMessage())));
    }
    if (qos < 0 || qos > MAX_QOS) {
      errors.add(new FieldError("will.qos", "QoS is 0, 1 or 2."));
    }
    if (delay < 0 || delay > BrokerRequest.MAX_SECONDS) {
      errors.add(new FieldError("will.delay", "A delay is between 0 and 4294967295 seconds."));
    }
  }

  WillOptions options() {
    return new WillOptions(
        Objects.requireNonNull(topic), payloadEncoding.decode(payload), qos, retain, delay);
  }

  /** Without the payload. */
  @Override
  public String toString() {
    return "Will[topic=%s, qos=%d]".formatted(topic, qos);
  }
}
