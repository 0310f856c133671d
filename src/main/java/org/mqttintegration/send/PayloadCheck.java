package org.mqttintegration.send;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether a payload is what its format says. */
@Component
class PayloadCheck {

  private final ObjectMapper json;

  PayloadCheck(ObjectMapper json) {
    this.json = json;
  }

  /** What is wrong, null when nothing is. */
  @Nullable String fault(PayloadFormat format, byte[] payload) {
    if (format == PayloadFormat.TEXT) {
      return null;
    }
    String text = text(payload);
    if (text == null) {
      return "The payload is not UTF-8, so it is not the " + format + " that its format says.";
    }
    return switch (format) {
      case JSON -> isJson(text) ? null : "The payload is not one JSON value.";
      case HEX -> isHex(text) ? null : "The payload is not pairs of hexadecimal digits.";
      case BASE64 -> isBase64(text) ? null : "The payload is no Base64 (RFC 4648, section 4).";
      case TEXT -> null;
    };
  }

  private static @Nullable String text(byte[] payload) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private boolean isJson(String text) {
    try (JsonParser parser = json.getFactory().createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isHex(String text) {
    try {
      HexFormat.of().parseHex(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
