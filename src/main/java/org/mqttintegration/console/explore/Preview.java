package org.mqttintegration.console.explore;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A payload in one short line. */
final class Preview {

  private Preview() {}

  /** Of a message as the contract shows it; null when its payload is withheld. */
  static @Nullable String of(Map<String, Object> message, int length) {
    if (Boolean.TRUE.equals(message.get("payloadWithheld"))) {
      return null;
    }
    if (message.get("payloadOmitted") != null || "base64".equals(message.get("payloadEncoding"))) {
      return "%s bytes".formatted(message.get("payloadSize"));
    }
    String text = String.valueOf(message.get("payload"));
    String line = text.replaceAll("\\s+", " ").strip();
    if (line.isEmpty()) {
      return text.isEmpty() ? "empty" : "blank";
    }
    int characters = line.codePointCount(0, line.length());
    boolean cut = characters > length || Boolean.TRUE.equals(message.get("payloadCut"));
    int end = line.offsetByCodePoints(0, Math.min(length, characters));
    return line.substring(0, end) + (cut ? "…" : "");
  }
}
