package org.mqttintegration.mqtt;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Topic names (MQTT 5, section 4.7): what a message is published to. */
public final class TopicName {

  /** The longest UTF-8 Encoded String, in bytes (MQTT 5, section 1.5.4). */
  public static final int MAX_BYTES = 65_535;

  private TopicName() {}

  /**
   * Says what is wrong with a topic name.
   *
   * @return a sentence, or null when a message can be published to it
   */
  public static @Nullable String fault(String topic) {
    String fault = stringFault("topic", topic);
    if (fault != null) {
      return fault;
    }
    return TopicFilter.hasWildcard(topic)
        ? "A message goes to one topic: + and # are for subscriptions."
        : null;
  }

  /** What no UTF-8 Encoded String of a topic may be. */
  static @Nullable String stringFault(String what, String value) {
    if (value.isEmpty()) {
      return "A " + what + " has at least one character.";
    }
    if (value.indexOf('\0') >= 0) {
      return "A " + what + " has no NUL character.";
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_BYTES) {
      return "A %s has at most %,d bytes in UTF-8, this one has %,d."
          .formatted(what, MAX_BYTES, bytes.length);
    }
    return StandardCharsets.UTF_8.newEncoder().canEncode(value)
        ? null
        : "A " + what + " is Unicode without unpaired surrogates.";
  }
}
