package org.mqttintegration.mqtt;

/**
 * Headers and properties of exchanges that {@code mqtt} sets, beside those of Camel's own
 * component.
 */
public final class MqttHeaders {

  /** A property of a received exchange: the {@link ReceivedMessage}. */
  public static final String RECEIVED = "mqttReceived";

  /** A header after publishing: the broker's reason code, an Integer; absent for QoS 0. */
  public static final String REASON_CODE = "mqttReasonCode";

  /**
   * A header when publishing: the number by which a QoS 2 message is known when it is published
   * again, a Long; see {@link OutboundPackets}.
   */
  public static final String NUMBER = "mqttNumber";

  private MqttHeaders() {}
}
