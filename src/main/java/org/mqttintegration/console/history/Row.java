package org.mqttintegration.console.history;

import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.console.Answers;

/**
 * A message in the list.
 *
 * @param number its id
 * @param at its timestamp
 * @param of the history entry, as REST tells it
 */
record Row(long number, Instant at, Map<String, Object> of) implements Line {

  private static final int PREVIEW = 160;
  private static final int PREVIEW_BYTES = 12;

  static Row of(Map<String, Object> entry) {
    return new Row(
        Answers.number(entry, "id"), Instant.parse(Answers.text(entry, "timestamp")), entry);
  }

  @Override
  public String id() {
    return "m" + number;
  }

  @Override
  public long order() {
    return Line.micros(at);
  }

  @Override
  public boolean message() {
    return true;
  }

  public boolean withheld() {
    return Boolean.TRUE.equals(of.get("payloadWithheld"));
  }

  /** The size of its payload, as people read it. */
  public String size() {
    return Size.of(Answers.number(of, "payloadSize"));
  }

  /** Whether its payload is no text. */
  public boolean binary() {
    return "base64".equals(of.get("payloadEncoding"));
  }

  /** What is said in the place of the payload, null when the payload itself is shown. */
  public @Nullable String instead() {
    if (of.get("payloadOmitted") != null) {
      return "not stored";
    }
    return "".equals(of.get("payload")) ? "empty" : null;
  }

  /** The payload's first line, or its first bytes. */
  public String preview() {
    String payload = withheld() ? "" : String.valueOf(of.get("payload"));
    return binary() ? bytes(payload) : firstLine(payload);
  }

  private static String bytes(String base64) {
    // four characters are three bytes
    String begin = base64.substring(0, Math.min(base64.length(), (PREVIEW_BYTES + 2) / 3 * 4));
    String hex = HexFormat.ofDelimiter(" ").formatHex(Base64.getDecoder().decode(begin));
    return begin.length() < base64.length() ? hex + " …" : hex;
  }

  private static String firstLine(String text) {
    String line = text.stripLeading().lines().findFirst().orElse("");
    boolean cut = line.length() > PREVIEW;
    if (cut) {
      int end = Character.isHighSurrogate(line.charAt(PREVIEW - 1)) ? PREVIEW - 1 : PREVIEW;
      line = line.substring(0, end);
    }
    return cut || line.length() < text.strip().length() ? line + " …" : line;
  }
}
