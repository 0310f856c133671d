package org.mqttintegration.send;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import jakarta.persistence.Converter;
import org.mqttintegration.resource.WireNameConverter;

/** What a payload is meant to be. It is sent as it was written, whatever its format. */
@EnumNaming(CamelCaseStrategy.class)
public enum PayloadFormat {
  /** Anything. */
  TEXT,
  /** One JSON value (RFC 8259). */
  JSON,
  /** Pairs of hexadecimal digits. */
  HEX,
  /** Base64 (RFC 4648, section 4). */
  BASE64;

  @Converter(autoApply = true)
  static class Stored extends WireNameConverter<PayloadFormat> {
    Stored() {
      super(PayloadFormat.class);
    }
  }
}
