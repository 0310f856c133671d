package org.mqttintegration.signal;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import jakarta.persistence.Converter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.mqttintegration.resource.WireNameConverter;

/** How the bytes of a payload are written in JSON. */
@EnumNaming(CamelCaseStrategy.class)
public enum PayloadEncoding {
  /** As text. */
  UTF8,
  /** As Base64 (RFC 4648, section 4). */
  BASE64;

  /**
   * The bytes that a text stands for.
   *
   * @throws IllegalArgumentException when it stands for none; the message says why
   */
  byte[] decode(String payload) {
    if (this == UTF8) {
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(payload)) {
        throw new IllegalArgumentException("Unpaired surrogates are no text.");
      }
      return payload.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(payload);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("This is no Base64 (RFC 4648, section 4).", e);
    }
  }

  /** The text that stands for bytes. */
  String encode(byte[] payload) {
    return this == UTF8
        ? new String(payload, StandardCharsets.UTF_8)
        : Base64.getEncoder().encodeToString(payload);
  }

  @Converter(autoApply = true)
  static class Stored extends WireNameConverter<PayloadEncoding> {
    Stored() {
      super(PayloadEncoding.class);
    }
  }
}
