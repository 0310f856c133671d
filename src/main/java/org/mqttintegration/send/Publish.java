package org.mqttintegration.send;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;

/**
 * A message to send: the body for {@code direct:publish}, which accepts it and answers a {@link
 * Send}. It names its broker by id or by name.
 *
 * <p>A route file makes one with {@code bean:} and this class as the type, for example with the
 * method {@code text('Local broker', 'demo/temperature', ${body})}.
 *
 * @param brokerId the broker's id, null when it is named
 * @param brokerName the broker's name, null when its id is given
 * @param topic the Topic Name
 * @param payload the payload, byte for byte; not to be changed afterwards
 * @param qos the QoS, 0 to 2
 * @param retain the RETAIN flag
 * @param properties its MQTT 5 properties
 * @param signalId the signal that it comes from, null for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Publish(
    @Nullable Long brokerId,
    @Nullable String brokerName,
    String topic,
    byte[] payload,
    int qos,
    boolean retain,
    MessageProperties properties,
    @Nullable Long signalId) {

  /**
   * A property of the exchange: how long to wait for the outcome, a {@code Duration}; absent for
   * not at all. One that waited fails when the outcome is that it was not sent.
   */
  public static final String WAIT = "mqttSendWait";

  /** A property of the exchange: a REST request's body as it came, for its Idempotency-Key. */
  public static final String REQUEST_BODY = "mqttSendRequestBody";

  /**
   * A property of the exchange: a text of at most 255 characters under which a message is accepted
   * once, whatever the message; what is sent again under it is answered with the first send. Absent
   * for each time anew.
   */
  public static final String IDEMPOTENCY_KEY = "mqttSendIdempotencyKey";

  /** To the broker with that id, at QoS 0, without RETAIN and properties. */
  public static Publish to(long brokerId, String topic, byte[] payload) {
    return new Publish(brokerId, null, topic, payload, 0, false, MessageProperties.NONE, null);
  }

  /** To the broker with that name, at QoS 0, without RETAIN and properties. */
  public static Publish to(String brokerName, String topic, byte[] payload) {
    return new Publish(null, brokerName, topic, payload, 0, false, MessageProperties.NONE, null);
  }

  /** The same, with a text for payload. */
  public static Publish text(String brokerName, String topic, String payload) {
    return to(brokerName, topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  public Publish withQos(int other) {
    return new Publish(brokerId, brokerName, topic, payload, other, retain, properties, signalId);
  }

  public Publish withRetain(boolean other) {
    return new Publish(brokerId, brokerName, topic, payload, qos, other, properties, signalId);
  }

  public Publish withProperties(MessageProperties other) {
    return new Publish(brokerId, brokerName, topic, payload, qos, retain, other, signalId);
  }

  /** As what that signal sends. */
  public Publish forSignal(long signal) {
    return ofSignal(signal);
  }

  Publish with(String otherTopic, byte[] otherPayload) {
    return new Publish(
        brokerId, brokerName, otherTopic, otherPayload, qos, retain, properties, signalId);
  }

  Publish withBroker(long id) {
    return new Publish(id, null, topic, payload, qos, retain, properties, signalId);
  }

  Publish ofSignal(@Nullable Long signal) {
    return new Publish(brokerId, brokerName, topic, payload, qos, retain, properties, signal);
  }

  /** Without payload and properties. */
  @Override
  public String toString() {
    return "Publish[brokerId=%s, brokerName=%s, topic=%s, qos=%d]"
        .formatted(brokerId, brokerName, topic, qos);
  }
}
