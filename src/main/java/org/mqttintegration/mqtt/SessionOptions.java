package org.mqttintegration.mqtt;

import java.util.List;

/**
 * What CONNECT asks of the session (MQTT 5, section 3.1.2.11).
 *
 * @param cleanStart whether a session that the broker still has is dropped (section 3.1.2.4)
 * @param expiry how long the broker keeps the session while we are away, 0 to 4,294,967,295 s; the
 *     last one means for ever (section 3.1.2.11.2)
 * @param receiveMaximum how many QoS 1 and 2 messages may be unacknowledged, 1 to 65,535
 * @param maximumPacketSize the largest packet that the broker may send us, 1 to 268,435,460 bytes
 * @param userProperties the User Properties of CONNECT, in order, repeats kept
 */
public record SessionOptions(
    boolean cleanStart,
    long expiry,
    int receiveMaximum,
    int maximumPacketSize,
    List<UserProperty> userProperties) {

  /** What a broker is asked for when nobody says otherwise. */
  public static final SessionOptions DEFAULT =
      new SessionOptions(false, 604_800, 1_000, 16 * 1024 * 1024, List.of());

  public SessionOptions {
    userProperties = List.copyOf(userProperties);
  }
}
