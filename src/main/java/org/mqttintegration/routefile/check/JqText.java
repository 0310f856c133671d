package org.mqttintegration.routefile.check;

import java.util.regex.Pattern;

/** What expressions in jq may not do. */
final class JqText {

  static final String REFUSAL =
      "env, $ENV, input_filename, import and include of jq are not allowed in strict mode.";

  private static final Pattern OUTSIDE =
      Pattern.compile("\\$ENV\\b|\\$__prog|(?<![.\\w$\"])(env|input_filename|import|include)\\b");

  private JqText() {}

  /** Whether it reads nothing but the message. */
  static boolean isHarmless(String text) {
    return !OUTSIDE.matcher(text).find();
  }
}
