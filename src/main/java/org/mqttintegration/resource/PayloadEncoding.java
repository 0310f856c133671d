package org.mqttintegration.resource;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import jakarta.persistence.Converter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How the bytes of a payload are written in JSON. */
@EnumNaming(CamelCaseStrategy.class)
public enum PayloadEncoding {
  /** As the text itself. */
  UTF8,
  /** As Base64 (RFC 4648, section 4). */
  BASE64;

  /** What bytes need: text when they are UTF-8 without NUL, else Base64. */
  public static PayloadEncoding of(byte[] payload) {
    for (byte octet : payload) {
      if (octet == 0) {
        return BASE64;
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
      return UTF8;
    } catch (CharacterCodingException e) {
      return BASE64;
    }
  }

  /**
   * The bytes that a text stands for.
   *
   * @throws IllegalArgumentException when it stands for none; the message says why
   */
  public byte[] decode(String payload) {
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
  public String encode(byte[] payload) {
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
