package org.mqttintegration.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the packets that come in. Paho takes some reason codes of a SUBACK (MQTT 5, section
 * 3.9.3) for malformed and ends the connection; they are replaced by one that it knows, and told by
 * {@link #refusal}. A time-out of the socket may leave any method, which goes on where it was when
 * it is called again.
 */
final class PacketInput extends FilterInputStream {

  private static final int SUBACK = 9;

  /** A length has four octets of seven bits at most (section 1.5.5). */
  private static final int MAX_SHIFT = 28;

  /** What Paho is given instead of the codes that it does not know. */
  private static final int IMPLEMENTATION_SPECIFIC_ERROR = 0x83;

  private final Map<Integer, Integer> refusals = new ConcurrentHashMap<>();
  private final int maximumPacketSize;
  private State state = State.HEADER;
  private int remaining;
  private int shift;

  /** The SUBACK as far as it was read, null between SUBACKs. */
  private @Nullable ByteArrayOutputStream suback;

  /** A SUBACK to be read by Paho, from {@link #replayed} on. */
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
   */
  PacketInput(InputStream in, int maximumPacketSize) {
    super(in);
    this.maximumPacketSize = maximumPacketSize;
  }

  /**
   * The reason code that was replaced in the SUBACK with this packet identifier, null if none was;
   * told once.
   */
  @Nullable Integer refusal(int packetIdentifier) {
    return refusals.remove(packetIdentifier);
  }

  @Override
  public int read() throws IOException {
    if (replayed < replay.length) {
      return replay[replayed++] & 0xFF;
    }
    if (suback == null) {
      int octet = in.read();
      if (octet < 0) {
        return octet;
      }
      boolean begins = state == State.HEADER && octet >> 4 == SUBACK;
      follow(octet);
      if (!begins) {
        return octet;
      }
      suback = new ByteArrayOutputStream();
      suback.write(octet);
    }
    finish(suback);
    return read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (state != State.BODY || suback != null || replayed < replay.length) {
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

  /** Reads the SUBACK to its end, and makes of it what Paho shall read. */
  private void finish(ByteArrayOutputStream packet) throws IOException {
    while (state != State.HEADER) {
      int octet = in.read();
      if (octet < 0) {
        throw new EOFException("The connection ended within a SUBACK");
      }
      packet.write(octet);
      follow(octet);
    }
    suback = null;
    replay = packet.toByteArray();
    replayed = 0;
    int code =
        replay[replay.length - 1]
            & 0xFF; // we send one filter in a SUBSCRIBE, so one code comes back
    if (code == 0x97 || code == 0xA1 || code == 0xA2) {
      int body = 1;
      while (replay[body++] < 0) {
        // the octets of the remaining length
      }
      refusals.put((replay[body] & 0xFF) << 8 | (replay[body + 1] & 0xFF), code);
      replay[replay.length - 1] = (byte) IMPLEMENTATION_SPECIFIC_ERROR;
    }
  }
}
