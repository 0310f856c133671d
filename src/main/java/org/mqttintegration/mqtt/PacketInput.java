package org.mqttintegration.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the packets that come in. Paho takes some reason codes of a SUBACK (MQTT 5, section
 * 3.9.3), CONNACK and DISCONNECT for malformed and ends the connection; they are replaced by one
 * that it knows, and told by {@link #refusal}, {@link #connack} and {@link #disconnect}. It ends
 * the connection for a PUBREC that refuses too, and with it all that is in flight; such a one
 * becomes a PUBCOMP, which ends that message alone, and {@link #refusal} tells the code. A time-out
 * of the socket may leave any method, which goes on where it was when it is called again.
 */
final class PacketInput extends FilterInputStream {

  private static final int CONNACK = 2;
  private static final int PUBREC = 5;
  private static final int SUBACK = 9;
  private static final int DISCONNECT = 14;

  /** A length has four octets of seven bits at most (section 1.5.5). */
  private static final int MAX_SHIFT = 28;

  /** What Paho is given instead of the codes that it does not know. */
  private static final int IMPLEMENTATION_SPECIFIC_ERROR = 0x83;

  /** Of a PUBCOMP, with Success when nothing follows the packet identifier. */
  private static final byte PUBCOMP = 0x70;

  /** The codes of a CONNACK or DISCONNECT that Paho knows in both. */
  private static final Set<Integer> KNOWN = Set.of(0x00, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x97);

  private final Map<Integer, Integer> refusals = new ConcurrentHashMap<>();
  private final int maximumPacketSize;
  private final IntConsumer begins;
  private State state = State.HEADER;
  private int remaining;
  private int shift;

  private volatile @Nullable ServerPacket connack;
  private volatile @Nullable ServerPacket disconnect;

  /** What is read as a whole, as far as it was read; null between such packets. */
  private @Nullable ByteArrayOutputStream whole;

  /** A packet to be read by Paho, from {@link #replayed} on. */
  private byte[] replay = {};

  private int replayed;

  private enum State {
    HEADER,
    LENGTH,
    BODY
  }

  /**
   * Reads packets.
   *
   * @param maximumPacketSize the size in bytes that no packet may be above (section 3.1.2.11.4):
   *     Paho would make room for whatever a fixed header claims
   * @param begins hears the first octet of each packet
   */
  PacketInput(InputStream in, int maximumPacketSize, IntConsumer begins) {
    super(in);
    this.maximumPacketSize = maximumPacketSize;
    this.begins = begins;
  }

  /**
   * The reason code that was replaced in the SUBACK or PUBREC with this packet identifier, null if
   * none was; told once.
   */
  @Nullable Integer refusal(int packetIdentifier) {
    return refusals.remove(packetIdentifier);
  }

  /** The CONNACK, null before it. */
  @Nullable ServerPacket connack() {
    return connack;
  }

  /** The broker's DISCONNECT, null before it. */
  @Nullable ServerPacket disconnect() {
    return disconnect;
  }

  private static boolean isReadAsAWhole(int type) {
    return type == CONNACK || type == PUBREC || type == SUBACK || type == DISCONNECT;
  }

  @Override
  public int read() throws IOException {
    if (replayed < replay.length) {
      return replay[replayed++] & 0xFF;
    }
    if (whole == null) {
      int octet = in.read();
      if (octet < 0) {
        return octet;
      }
      boolean begins = state == State.HEADER && isReadAsAWhole(octet >> 4);
      follow(octet);
      if (!begins) {
        return octet;
      }
      whole = new ByteArrayOutputStream();
      whole.write(octet);
    }
    finish(whole);
    return read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (state != State.BODY || whole != null || replayed < replay.length) {
      int octet = read();
      bytes[offset] = (byte) octet;
      return octet < 0 ? -1 : 1;
    }
    int count = in.read(bytes, offset, Math.min(length, remaining));
    if (count > 0) {
      remaining -= count;
      state = remaining == 0 ? State.HEADER : State.BODY;
    }
    return count;
  }

  private void follow(int octet) throws IOException {
    switch (state) {
      case HEADER -> {
        begins.accept(octet);
        state = State.LENGTH;
        remaining = 0;
        shift = 0;
      }
      case LENGTH -> {
        remaining |= (octet & 0x7F) << shift;
        shift += 7;
        if (octet < 0x80) {
          checkSize();
          state = remaining == 0 ? State.HEADER : State.BODY;
        } else if (shift == MAX_SHIFT) {
          throw new IOException("the broker sent a packet whose length is malformed");
        }
      }
      case BODY -> state = --remaining == 0 ? State.HEADER : State.BODY;
    }
  }

  private void checkSize() throws IOException {
    long size = 1L + shift / 7 + remaining;
    if (size > maximumPacketSize) {
      throw new IOException(
          "the broker sent a packet of %,d bytes, more than the maximum packet size of %,d"
              .formatted(size, maximumPacketSize));
    }
  }

  /** Reads the packet to its end, and makes of it what Paho shall read. */
  private void finish(ByteArrayOutputStream packet) throws IOException {
    while (state != State.HEADER) {
      int octet = in.read();
      if (octet < 0) {
        throw new EOFException("The connection ended within a packet");
      }
      packet.write(octet);
      follow(octet);
    }
    whole = null;
    replay = packet.toByteArray();
    replayed = 0;
    int body = 1;
    while (replay[body++] < 0) {
      // the octets of the remaining length
    }
    switch ((replay[0] & 0xFF) >> 4) {
      case SUBACK -> replaceInSuback(body);
      case PUBREC -> replacePubrec(body);
      case CONNACK -> {
        connack = ServerPacket.of(body(body), 1);
        replaceCode(body + 1);
      }
      default -> {
        disconnect = ServerPacket.of(body(body), 0);
        replaceCode(body);
      }
    }
  }

  private ByteBuffer body(int from) {
    return ByteBuffer.wrap(replay, from, replay.length - from);
  }

  private void replaceInSuback(int body) {
    // we send one filter in a SUBSCRIBE, so one code comes back
    int code = replay[replay.length - 1] & 0xFF;
    if (code == 0x97 || code == 0xA1 || code == 0xA2) {
      refusals.put((replay[body] & 0xFF) << 8 | (replay[body + 1] & 0xFF), code);
      replay[replay.length - 1] = (byte) IMPLEMENTATION_SPECIFIC_ERROR;
    }
  }

  private void replacePubrec(int body) {
    int code = body + 2 < replay.length ? replay[body + 2] & 0xFF : 0;
    if (ReasonCode.isFailure(code)) {
      refusals.put((replay[body] & 0xFF) << 8 | (replay[body + 1] & 0xFF), code);
      replay = new byte[] {PUBCOMP, 2, replay[body], replay[body + 1]};
    }
  }

  private void replaceCode(int at) {
    if (at < replay.length && !KNOWN.contains(replay[at] & 0xFF)) {
      replay[at] = (byte) IMPLEMENTATION_SPECIFIC_ERROR;
    }
  }
}
