package org.mqttintegration.resource;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Comma-separated values (RFC 4180). */
public final class Csv {

  private Csv() {}

  /** A record, with its line break; null is an empty field. */
  public static String line(@Nullable Object... values) {
    return Arrays.stream(values)
            .map(value -> value == null ? "" : field(value.toString()))
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  /** A field, in quotes where it needs them. */
  public static String field(String value) {
    for (int i = 0; i < value.length(); i++) {
      if ("\",\r\n".indexOf(value.charAt(i)) >= 0) {
        return '"' + value.replace("\"", "\"\"") + '"';
      }
    }
    return value;
  }
}
