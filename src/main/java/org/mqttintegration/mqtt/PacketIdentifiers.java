package org.mqttintegration.mqtt;

import java.util.BitSet;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * The packet identifiers that we give to what we send (MQTT 5, section 2.2.1). They belong to the
 * session, so that no connection gives one again that a message of an earlier one still has.
 */
final class PacketIdentifiers {

  private static final int LAST = 65_535;

  private final BitSet used = new BitSet(LAST + 1);
  private int before;

  /** One that is free. */
  synchronized int take() throws MqttException {
    int next = used.nextClearBit(before + 1);
    if (next > LAST) {
      next = used.nextClearBit(1);
    }
    if (next > LAST) {
      throw new MqttException(MqttClientException.REASON_CODE_NO_MESSAGE_IDS_AVAILABLE);
    }
    take(next);
    return next;
  }

  /** This one. */
  synchronized void take(int identifier) {
    used.set(identifier);
    before = identifier;
  }

  /** It is free again. */
  synchronized void free(int identifier) {
    used.clear(identifier);
  }
}
