package org.mqttintegration.console.explore;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a payload is shown.
 *
 * @param kind the view that is shown
 * @param kinds the views that can be chosen
 * @param text what stands there; of an image its {@code data:} URL
 * @param cut whether only the beginning is shown
 */
public record PayloadView(String kind, List<String> kinds, String text, boolean cut) {

  private static final String JSON = "json";
  private static final String TEXT = "text";
  private static final String HEX = "hex";
  private static final String IMAGE = "image";

  private static final int LONGEST_TEXT = 100_000;
  private static final int LONGEST_HEX = 16 * 1024;
  private static final int LARGEST_IMAGE = 4 * 1024 * 1024;
  private static final int ROW = 16;

  /** That of a message, the best one unless another is wanted and can be had. */
  static PayloadView of(Map<String, Object> message, @Nullable String wanted) {
    byte[] bytes = PayloadBytes.of(message);
    String text = PayloadBytes.isText(message) ? new String(bytes, StandardCharsets.UTF_8) : null;
    String json = text == null ? null : PrettyJson.of(text);
    String image = bytes.length > LARGEST_IMAGE ? null : imageType(bytes);
    List<String> kinds = new ArrayList<>();
    if (image != null) {
      kinds.add(IMAGE);
    }
    if (json != null) {
      kinds.add(JSON);
    }
    if (text != null) {
      kinds.add(TEXT);
    }
    kinds.add(HEX);
    String kind = wanted != null && kinds.contains(wanted) ? wanted : kinds.get(0);
    return switch (kind) {
      case IMAGE ->
          new PayloadView(
              kind,
              kinds,
              "data:%s;base64,%s".formatted(image, Base64.getEncoder().encodeToString(bytes)),
              false);
      case HEX -> new PayloadView(kind, kinds, hex(bytes), bytes.length > LONGEST_HEX);
      default -> shortened(kind, kinds, String.valueOf(kind.equals(JSON) ? json : text));
    };
  }

  private static PayloadView shortened(String kind, List<String> kinds, String text) {
    boolean cut = text.length() > LONGEST_TEXT;
    return new PayloadView(kind, kinds, cut ? text.substring(0, LONGEST_TEXT) : text, cut);
  }

  /** By its first bytes, of the kinds that browsers only draw. */
  private static @Nullable String imageType(byte[] bytes) {
    String begin = new String(bytes, 0, Math.min(bytes.length, ROW), StandardCharsets.ISO_8859_1);
    if (begin.startsWith("\u0089PNG\r\n\u001a\n")) {
      return "image/png";
    }
    if (begin.startsWith("\u00ff\u00d8\u00ff")) {
      return "image/jpeg";
    }
    if (begin.startsWith("GIF87a") || begin.startsWith("GIF89a")) {
      return "image/gif";
    }
    return begin.startsWith("RIFF") && begin.startsWith("WEBP", 8) ? "image/webp" : null;
  }

  private static String hex(byte[] bytes) {
    HexFormat format = HexFormat.ofDelimiter(" ");
    StringBuilder rows = new StringBuilder();
    for (int at = 0; at < Math.min(bytes.length, LONGEST_HEX); at += ROW) {
      int end = Math.min(at + ROW, bytes.length);
      rows.append("%06x  %-47s  ".formatted(at, format.formatHex(bytes, at, end)));
      for (int i = at; i < end; i++) {
        rows.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
      }
      rows.append('\n');
    }
    return rows.toString();
  }
}
