package org.mqttintegration.mqtt;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * Lets a PUBREC pass only when its message is safe. With it a receiver takes a QoS 2 message over
 * (MQTT 5, section 4.3.3), and Paho writes it the moment the PUBLISH is read: that one is dropped
 * here, and the link sends another when the message is safe. Paho flushes after each packet, so a
 * write after a flush begins with a fixed header.
 */
final class PubrecGate extends FilterOutputStream {

  private static final int PUBREC = 0x50;
  private static final int PUBREC_MIN_LENGTH = 4;

  private final Set<Integer> safe = new HashSet<>();
  private boolean atPacketStart = true;

  PubrecGate(OutputStream out) {
    super(out);
  }

  /** The message with this packet identifier is safe: one PUBREC for it may pass. */
  synchronized void open(int packetIdentifier) {
    safe.add(packetIdentifier);
  }

  @Override
  public synchronized void write(int octet) throws IOException {
    atPacketStart = false;
    out.write(octet);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (atPacketStart && isEarlyPubrec(bytes, offset, length)) {
      return;
    }
    atPacketStart = false;
    out.write(bytes, offset, length);
  }

  @Override
  public synchronized void flush() throws IOException {
    out.flush();
    atPacketStart = true;
  }

  private boolean isEarlyPubrec(byte[] bytes, int offset, int length) {
    if (length < PUBREC_MIN_LENGTH || (bytes[offset] & 0xF0) != PUBREC) {
      return false;
    }
    int packetIdentifier = (bytes[offset + 2] & 0xFF) << 8 | (bytes[offset + 3] & 0xFF);
    return !safe.remove(packetIdentifier);
  }
}
