package org.mqttintegration.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** How a payload's bytes are shown as text. */
enum PayloadEncoding {
  /** The text itself: the bytes are UTF-8 without NUL. */
  @JsonProperty("utf8")
  UTF8,
  @JsonProperty("base64")
  BASE64;

  /** Which one these bytes need, and the text. */
  static Text encode(byte[] payload) {
    String text = utf8(payload);
    return text != null ? new Text(UTF8, text) : new Text(BASE64, base64(payload));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\0') < 0 ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** A payload as text. */
  record Text(PayloadEncoding encoding, String text) {}
}
