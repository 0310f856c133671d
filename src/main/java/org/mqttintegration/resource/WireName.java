package org.mqttintegration.resource;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the constants of an enum are called in JSON and in query parameters. */
public final class WireName {

  private WireName() {}

  /** In camel case: {@code HANDED_OVER} is {@code handedOver}. */
  public static String of(Enum<?> constant) {
    return CamelCaseStrategy.INSTANCE.convertEnumToExternalName(constant.name());
  }

  /** The constant that is called so, null when none is. */
  public static <E extends Enum<E>> @Nullable E constant(Class<E> type, @Nullable String name) {
    for (E constant : type.getEnumConstants()) {
      if (of(constant).equals(name)) {
        return constant;
      }
    }
    return null;
  }

  /** Those of all constants, for a person to read. */
  static String all(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> of((Enum<?>) constant))
        .collect(Collectors.joining(", "));
  }
}
