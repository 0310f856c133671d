package org.mqttintegration.schedule;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import jakarta.persistence.Converter;
import org.mqttintegration.resource.WireNameConverter;

/** What becomes of firings that were missed. */
@EnumNaming(CamelCaseStrategy.class)
public enum Misfire {
  /** Each is made up, in order. */
  FIRE_ALL,
  /** One is made up for all of them. */
  FIRE_ONCE,
  /** None is made up. */
  SKIP;

  @Converter(autoApply = true)
  static class Stored extends WireNameConverter<Misfire> {
    Stored() {
      super(Misfire.class);
    }
  }
}
