package org.mqttintegration.console.explore;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The bytes of a message that the contract shows. */
final class PayloadBytes {

  private PayloadBytes() {}

  static byte[] of(Map<String, Object> message) {
    String written = message.get("payload") instanceof String text ? text : "";
    return isText(message)
        ? written.getBytes(StandardCharsets.UTF_8)
        : Base64.getDecoder().decode(written);
  }

  /** Whether they are UTF-8 without NUL. */
  static boolean isText(Map<String, Object> message) {
    return "utf8".equals(message.get("payloadEncoding"));
  }
}
