package org.mqttintegration.mqtt;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Until when all that a broker sent has come: until the PINGREQ went out that was answered last.
 * What the broker sent before it had that PINGREQ stands before the PINGRESP (MQTT 5, section 3.12)
 * and was read. A byte that was read proves nothing of the kind: what was published long before may
 * stand behind it, on its way, and is lost with the connection.
 */
final class HeardUntil {

  private static final int PUBLISH = 3;
  private static final int PINGRESP = 13;
  private static final int QOS_BITS = 0x06;

  /** When the PINGREQs went out that are not answered; answers come in their order. */
  private final Queue<Instant> asked = new ArrayDeque<>();

  private Instant until = Instant.now();
  private long read;
  private long handedOver;

  /** Answered, but some QoS 0 messages that were read before are not handed over. */
  private @Nullable Instant answered;

  private long readUntilAnswered;

  /** A PINGREQ is about to go out. */
  synchronized void asks() {
    asked.add(Instant.now());
  }

  /** A packet begins with this octet, the ones before it are read. */
  synchronized void reads(int octet) {
    int type = octet >> 4;
    if (type == PUBLISH && (octet & QOS_BITS) == 0) {
      read++;
    } else if (type == PINGRESP && !asked.isEmpty()) {
      answered = asked.remove();
      readUntilAnswered = read;
      settle();
    }
  }

  /** A message that was read is no longer Paho's, which forgets what it has with the connection. */
  synchronized void handsOver(int qos) {
    if (qos == 0) {
      handedOver++;
      settle();
    }
  }

  /** Before the connection was asked for, when no PINGREQ was answered. */
  synchronized Instant get() {
    return until;
  }

  private void settle() {
    if (answered != null && handedOver >= readUntilAnswered) {
      until = answered;
      answered = null;
    }
  }
}
