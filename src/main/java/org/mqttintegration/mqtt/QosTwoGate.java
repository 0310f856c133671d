package org.mqttintegration.mqtt;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a PUBREC pass only when its message is safe, and a PUBCOMP only when its release is. With
 * the first a receiver takes a QoS 2 message over, with the second it forgets the packet identifier
 * (MQTT 5, section 4.3.3). So does a PUBREL of ours pass only when it is safe that the broker has
 * the message. Paho writes all three the moment the packet before them is read: those are dropped
 * here, and the link sends others in time. Paho flushes after each packet, so a write after a flush
 * begins with a fixed header.
 */
final class QosTwoGate extends FilterOutputStream {

  /** The types of packet that are held back. */
  enum Held {
    PUBREC(0x50),
    PUBREL(0x60),
    PUBCOMP(0x70);

    private final int header;

    Held(int header) {
      this.header = header;
    }

    private static @Nullable Held of(byte header) {
      for (Held type : values()) {
        if (type.header == (header & 0xF0)) {
          return type;
        }
      }
      return null;
    }
  }

  private static final int MIN_LENGTH = 4;

  private final Set<Integer> open = new HashSet<>();
  private final ObjIntConsumer<Held> held;
  private boolean atPacketStart = true;

  /**
   * Gates a stream.
   *
   * @param held hears of each packet that did not pass, by its packet identifier; must not wait
   */
  QosTwoGate(OutputStream out, ObjIntConsumer<Held> held) {
    super(out);
    this.held = held;
  }

  /** One packet of that type for that packet identifier may pass. */
  synchronized void open(Held type, int packetIdentifier) {
    open.add(type.header << 16 | packetIdentifier);
  }

  @Override
  public synchronized void write(int octet) throws IOException {
    atPacketStart = false;
    out.write(octet);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (atPacketStart && isEarly(bytes, offset, length)) {
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

  private boolean isEarly(byte[] bytes, int offset, int length) {
    Held type = length < MIN_LENGTH ? null : Held.of(bytes[offset]);
    if (type == null) {
      return false;
    }
    int packetIdentifier = (bytes[offset + 2] & 0xFF) << 8 | (bytes[offset + 3] & 0xFF);
    boolean early = !open.remove(type.header << 16 | packetIdentifier);
    if (early) {
      held.accept(type, packetIdentifier);
    }
    return early;
  }
}
