package org.mqttintegration.resource;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How the constants of an enum are called in JSON and in query parameters. */
public final class WireName {

  private WireName() {}

  /** In camel case: {@code HANDED_OVER} is {@code handedOver}. */
  public static String of(Enum<?> constant) {
    return CamelCaseStrategy.INSTANCE.convertEnumToExternalName(constant.name());
  }

  /** Those of all constants, for a person to read. */
  static String all(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> of((Enum<?>) constant))
        .collect(Collectors.joining(", "));
  }
}
