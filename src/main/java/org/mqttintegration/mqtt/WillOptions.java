package org.mqttintegration.mqtt;

import java.util.Arrays;
import java.util.Objects;

/**
 * The message that a broker publishes when it loses us (MQTT 5, section 3.1.2.5).
 *
 * @param topic the Topic Name
 * @param payload at most 65,535 bytes; not to be changed
 * @param qos the QoS, 0 to 2
 * @param retain the RETAIN flag
 * @param delay how long the broker waits for us to come back first, in seconds
 */
@SuppressWarnings("ArrayRecordComponent") // compared below
public record WillOptions(String topic, byte[] payload, int qos, boolean retain, long delay) {

  @Override
  public boolean equals(Object other) {
    return other instanceof WillOptions will
        && topic.equals(will.topic)
        && Arrays.equals(payload, will.payload)
        && qos == will.qos
        && retain == will.retain
        && delay == will.delay;
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, Arrays.hashCode(payload), qos, retain, delay);
  }

  /** Without the payload. */
  @Override
  public String toString() {
    return "WillOptions[topic=%s, qos=%d]".formatted(topic, qos);
  }
}
