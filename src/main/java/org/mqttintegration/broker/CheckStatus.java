package org.mqttintegration.broker;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import jakarta.persistence.Converter;
import org.mqttintegration.resource.WireNameConverter;

/** How the last check of a broker's connection came out. */
@EnumNaming(CamelCaseStrategy.class)
public enum CheckStatus {
  /** Not checked since its options changed. */
  UNKNOWN,
  SUCCESS,
  FAIL;

  @Converter(autoApply = true)
  static class Stored extends WireNameConverter<CheckStatus> {
    Stored() {
      super(CheckStatus.class);
    }
  }
}
