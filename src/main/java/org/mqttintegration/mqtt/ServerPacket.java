package org.mqttintegration.mqtt;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a CONNACK or DISCONNECT says (MQTT 5, sections 3.2 and 3.14). Paho forgets it when the
 * broker refuses.
 */
final class ServerPacket {

  /** The properties that have a number, by their identifiers (section 2.2.2.2). */
  enum Number {
    SESSION_EXPIRY(0x11, 4),
    SERVER_KEEP_ALIVE(0x13, 2),
    RECEIVE_MAXIMUM(0x21, 2),
    TOPIC_ALIAS_MAXIMUM(0x22, 2),
    MAXIMUM_QOS(0x24, 1),
    RETAIN_AVAILABLE(0x25, 1),
    MAXIMUM_PACKET_SIZE(0x27, 4),
    WILDCARD_SUBSCRIPTION_AVAILABLE(0x28, 1),
    SUBSCRIPTION_IDENTIFIERS_AVAILABLE(0x29, 1),
    SHARED_SUBSCRIPTION_AVAILABLE(0x2A, 1);

    private final int identifier;
    private final int octets;

    Number(int identifier, int octets) {
      this.identifier = identifier;
      this.octets = octets;
    }
  }

  private static final int ASSIGNED_CLIENT_IDENTIFIER = 0x12;
  private static final int SERVER_REFERENCE = 0x1C;
  private static final int REASON_STRING = 0x1F;
  private static final int USER_PROPERTY = 0x26;

  private final int reasonCode;
  private final Map<Number, Long> numbers = new HashMap<>();
  private final Map<Integer, String> texts = new HashMap<>();

  private ServerPacket(int reasonCode) {
    this.reasonCode = reasonCode;
  }

  /**
   * Reads a packet.
   *
   * @param body what follows the packet's length; two-byte numbers that Paho would take for
   *     negative are made the largest that it does not
   * @param codeAt where the reason code stands, 0 of DISCONNECT and 1 of CONNACK
   * @return null when it is malformed
   */
  static @Nullable ServerPacket of(ByteBuffer body, int codeAt) {
    try {
      if (body.remaining() <= codeAt) {
        return new ServerPacket(0);
      }
      ServerPacket packet = new ServerPacket(body.get(body.position() + codeAt) & 0xFF);
      body.position(body.position() + codeAt + 1);
      if (body.hasRemaining()) {
        int end = length(body) + body.position();
        while (body.position() < end) {
          packet.read(body.get() & 0xFF, body);
        }
      }
      return packet;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return null;
    }
  }

  private static int length(ByteBuffer body) {
    int length = 0;
    int shift = 0;
    int octet;
    do {
      octet = body.get();
      length |= (octet & 0x7F) << shift;
      shift += 7;
    } while (octet < 0 && shift < 28);
    return length;
  }

  private void read(int identifier, ByteBuffer body) {
    for (Number number : Number.values()) {
      if (number.identifier == identifier) {
        numbers.put(number, number(number.octets, body));
        return;
      }
    }
    if (identifier == USER_PROPERTY) {
      text(body);
    }
    texts.put(identifier, text(body));
  }

  private static long number(int octets, ByteBuffer body) {
    if (octets == 1) {
      return body.get() & 0xFF;
    }
    if (octets == 4) {
      return body.getInt() & 0xFFFF_FFFFL;
    }
    int at = body.position();
    int number = body.getShort() & 0xFFFF;
    if (number > Short.MAX_VALUE) {
      body.putShort(at, Short.MAX_VALUE);
    }
    return number;
  }

  private static String text(ByteBuffer body) {
    byte[] text = new byte[body.getShort() & 0xFFFF];
    body.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  int reasonCode() {
    return reasonCode;
  }

  /** The code and all that the broker says of it. */
  String describe() {
    StringBuilder said = new StringBuilder(ReasonCode.describe(reasonCode));
    String reason = texts.get(REASON_STRING);
    if (reason != null) {
      said.append(", ").append(reason);
    }
    String reference = texts.get(SERVER_REFERENCE);
    if (reference != null) {
      said.append(", the server to use is ").append(reference);
    }
    return said.toString().replace("\0", "");
  }

  BrokerCapabilities capabilities() {
    return new BrokerCapabilities(
        (int) number(Number.MAXIMUM_QOS, 2),
        number(Number.RETAIN_AVAILABLE, 1) != 0,
        number(Number.WILDCARD_SUBSCRIPTION_AVAILABLE, 1) != 0,
        number(Number.SUBSCRIPTION_IDENTIFIERS_AVAILABLE, 1) != 0,
        number(Number.SHARED_SUBSCRIPTION_AVAILABLE, 1) != 0,
        (int) number(Number.RECEIVE_MAXIMUM, BrokerCapabilities.MAX_TWO_BYTES),
        numbers.get(Number.MAXIMUM_PACKET_SIZE),
        (int) number(Number.TOPIC_ALIAS_MAXIMUM, 0),
        numbers.get(Number.SESSION_EXPIRY),
        numbers.containsKey(Number.SERVER_KEEP_ALIVE)
            ? (int) number(Number.SERVER_KEEP_ALIVE, 0)
            : null,
        texts.get(ASSIGNED_CLIENT_IDENTIFIER));
  }

  private long number(Number number, long absent) {
    return numbers.getOrDefault(number, absent);
  }
}
