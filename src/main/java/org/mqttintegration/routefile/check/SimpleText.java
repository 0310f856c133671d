package org.mqttintegration.routefile.check;

import java.util.ArrayList;
import java.util.List;

/** The functions of Camel's language simple within a text, {@code ${…}} and {@code $simple{…}}. */
final class SimpleText {

  private static final String LONG_START = "$simple{";

  private SimpleText() {}

  /** What stands within the braces of each function, those within others too. */
  static List<String> functions(String text) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      int begin = begin(text, i);
      if (begin > 0) {
        found.add(text.substring(begin, end(text, begin)));
      }
    }
    return found;
  }

  /** The text with a placeholder for each function. */
  static String withoutFunctions(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      int begin = begin(text, i);
      if (begin > 0) {
        plain.append("{{value}}");
        i = end(text, begin);
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }

  private static int begin(String text, int at) {
    if (text.startsWith("${", at)) {
      return at + 2;
    }
    return text.startsWith(LONG_START, at) ? at + LONG_START.length() : 0;
  }

  /** Where the function that begins there ends: at its brace, or with the text. */
  private static int end(String text, int begin) {
    int depth = 1;
    for (int i = begin; i < text.length(); i++) {
      if (text.charAt(i) == '{') {
        depth++;
      } else if (text.charAt(i) == '}' && --depth == 0) {
        return i;
      }
    }
    return text.length();
  }
}
