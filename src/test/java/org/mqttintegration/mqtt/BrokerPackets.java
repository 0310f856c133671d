package org.mqttintegration.mqtt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The bytes of packets that a broker sends. */
final class BrokerPackets {

  private BrokerPackets() {}

  static byte[] connack(boolean sessionPresent, int reasonCode) {
    return packet(0x20, new byte[] {(byte) (sessionPresent ? 1 : 0), (byte) reasonCode, 0});
  }

  /** A CONNACK with properties, below 128 bytes. */
  static byte[] connack(boolean sessionPresent, int reasonCode, byte[] properties) {
    byte[] body = new byte[3 + properties.length];
    body[0] = (byte) (sessionPresent ? 1 : 0);
    body[1] = (byte) reasonCode;
    body[2] = (byte) properties.length;
    System.arraycopy(properties, 0, body, 3, properties.length);
    return packet(0x20, body);
  }

  /** Properties out of their bytes; a String stands for its UTF-8 with the length before it. */
  static byte[] properties(Object... parts) {
    ByteArrayOutputStream properties = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        properties.write(bytes.length >> 8);
        properties.write(bytes.length);
        properties.writeBytes(bytes);
      } else {
        properties.write((Integer) part);
      }
    }
    return properties.toByteArray();
  }

  /** A PUBLISH with an optional subscription identifier (0 for none, below 128). */
  static byte[] publish(
      String topic, int qos, int packetIdentifier, int subscription, byte[] payload) {
    int[] subscriptions = subscription == 0 ? new int[0] : new int[] {subscription};
    return publish(topic, qos, packetIdentifier, subscriptions, payload);
  }

  /** A PUBLISH for several subscriptions. */
  static byte[] publish(
      String topic, int qos, int packetIdentifier, int[] subscriptions, byte[] payload) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] name = topic.getBytes(StandardCharsets.UTF_8);
    body.write(name.length >> 8);
    body.write(name.length);
    body.writeBytes(name);
    if (qos > 0) {
      body.write(packetIdentifier >> 8);
      body.write(packetIdentifier);
    }
    body.write(2 * subscriptions.length);
    for (int subscription : subscriptions) {
      body.write(0x0B);
      body.write(subscription);
    }
    body.writeBytes(payload);
    return packet(0x30 | qos << 1, body.toByteArray());
  }

  /** PUBACK, PUBREC, PUBREL or PUBCOMP with a reason code. */
  static byte[] acknowledgement(int header, int packetIdentifier, int reasonCode) {
    return packet(
        header,
        new byte[] {(byte) (packetIdentifier >> 8), (byte) packetIdentifier, (byte) reasonCode, 0});
  }

  /** SUBACK or UNSUBACK with one reason code. */
  static byte[] answer(int header, int packetIdentifier, int reasonCode) {
    return packet(
        header,
        new byte[] {(byte) (packetIdentifier >> 8), (byte) packetIdentifier, 0, (byte) reasonCode});
  }

  static byte[] disconnect(int reasonCode, Object... properties) {
    byte[] said = properties(properties);
    byte[] body = new byte[2 + said.length];
    body[0] = (byte) reasonCode;
    body[1] = (byte) said.length;
    System.arraycopy(said, 0, body, 2, said.length);
    return packet(0xE0, body);
  }

  static byte[] packet(int header, byte[] body) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(header);
    int length = body.length;
    do {
      packet.write(length > 127 ? length % 128 | 128 : length);
      length /= 128;
    } while (length > 0);
    packet.writeBytes(body);
    return packet.toByteArray();
  }
}
