package org.mqttintegration.console.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payload as it is shown.
 *
 * @param kind what it is: {@code withheld}, {@code omitted}, {@code empty}, {@code json}, {@code
 *     text}, {@code image} or {@code binary}
 * @param text JSON with its lines indented, or the text
 * @param image a {@code data:} URL, null when it is no image
 * @param hex its first bytes
 * @param cut whether more of it is there than is shown
 */
record PayloadView(String kind, String text, @Nullable String image, String hex, boolean cut) {

  private static final int MOST_TEXT = 200_000;
  private static final int MOST_HEX = 2048;
  private static final int MOST_IMAGE = 1024 * 1024;
  private static final int ROW = 16;

  /** What images begin with that no browser runs anything of; a claim of the sender does not do. */
  private static final Map<String, String> IMAGES =
      Map.of("89504e470d0a1a0a", "png", "ffd8ff", "jpeg", "47494638", "gif");

  static PayloadView of(Map<String, Object> entry) {
    if (entry.get("payloadOmitted") != null) {
      return new PayloadView("omitted", "", null, "", false);
    }
    if (!(entry.get("payload") instanceof String payload)) {
      return new PayloadView("withheld", "", null, "", false);
    }
    return "base64".equals(entry.get("payloadEncoding"))
        ? ofBytes(Base64.getDecoder().decode(payload))
        : ofText(payload);
  }

  private static PayloadView ofText(String text) {
    if (text.isEmpty()) {
      return new PayloadView("empty", "", null, "", false);
    }
    boolean cut = text.length() > MOST_TEXT;
    String json = cut ? null : indented(text);
    String shown = cut ? text.substring(0, MOST_TEXT) : text;
    String hex = hex(shown.getBytes(StandardCharsets.UTF_8));
    return new PayloadView(
        json == null ? "text" : "json", json == null ? shown : json, null, hex, cut);
  }

  private static PayloadView ofBytes(byte[] bytes) {
    String type = imageType(bytes);
    String image =
        type == null || bytes.length > MOST_IMAGE
            ? null
            : "data:image/%s;base64,%s".formatted(type, Base64.getEncoder().encodeToString(bytes));
    return new PayloadView(
        image == null ? "binary" : "image", "", image, hex(bytes), bytes.length > MOST_HEX);
  }

  private static @Nullable String imageType(byte[] bytes) {
    String begin = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 12));
    if (begin.startsWith("52494646") && begin.endsWith("57454250")) {
      return "webp";
    }
    return IMAGES.entrySet().stream()
        .filter(known -> begin.startsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** An object or array of JSON with its lines indented, each value as it was written. */
  static @Nullable String indented(String text) {
    String begin = text.stripLeading();
    if (!begin.startsWith("{") && !begin.startsWith("[")) {
      return null;
    }
    StringWriter written = new StringWriter();
    try (JsonParser parser = new JsonFactory().createParser(text);
        JsonGenerator generator = new JsonFactory().createGenerator(written)) {
      DefaultIndenter lines = new DefaultIndenter("  ", "\n");
      generator.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
      int roots = 0;
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        roots += depth == 0 ? 1 : 0;
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (token.isNumeric()) {
          generator.writeNumber(parser.getText()); // so that no digit is lost
        } else {
          generator.copyCurrentEvent(parser);
        }
      }
      if (roots != 1) {
        return null;
      }
    } catch (IOException e) {
      return null;
    }
    return written.toString();
  }

  /** Bytes as {@code 00000010 68 65 6c 6c 6f … |hello|}, sixteen a line. */
  static String hex(byte[] bytes) {
    StringBuilder lines = new StringBuilder();
    int end = Math.min(bytes.length, MOST_HEX);
    for (int at = 0; at < end; at += ROW) {
      byte[] row = Arrays.copyOfRange(bytes, at, Math.min(at + ROW, end));
      String octets = HexFormat.ofDelimiter(" ").formatHex(row);
      lines.append("%08x  %-47s  |%s|%n".formatted(at, octets, printable(row)));
    }
    return lines.toString();
  }

  private static String printable(byte[] row) {
    StringBuilder text = new StringBuilder(row.length);
    for (byte octet : row) {
      text.append(octet >= 0x20 && octet < 0x7f ? (char) octet : '.');
    }
    return text.toString();
  }
}
