package org.mqttintegration.mqtt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Tells messages apart that come under the same packet identifier. A broker has to keep to the
 * identifier of a message in flight (MQTT 5, section 4.4), but some give it to another message, and
 * that one must not be taken for a further delivery.
 */
final class Fingerprint {

  private Fingerprint() {}

  /** Of the Topic Name and the payload; properties may differ from one delivery to the next. */
  static long of(String topic, byte[] payload) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(topic.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0); // in no topic
      return ByteBuffer.wrap(digest.digest(payload)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
