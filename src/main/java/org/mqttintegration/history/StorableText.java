package org.mqttintegration.history;

import org.jspecify.annotations.Nullable;

/** Text that PostgreSQL's {@code text} and {@code jsonb} take. */
final class StorableText {

  private static final char REPLACEMENT = '\uFFFD';

  private StorableText() {}

  /** The text with U+FFFD in the place of each NUL and unpaired surrogate. */
  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isStorable(text, i)) {
        return replaced(text, i);
      }
    }
    return text;
  }

  static @Nullable String ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }

  private static String replaced(String text, int first) {
    StringBuilder storable = new StringBuilder(text);
    for (int i = first; i < text.length(); i++) {
      if (!isStorable(text, i)) {
        storable.setCharAt(i, REPLACEMENT);
      }
    }
    return storable.toString();
  }

  private static boolean isStorable(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
    return c != '\0';
  }
}
