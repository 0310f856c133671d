package org.mqttintegration.console.administration;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads answers of operations. */
final class Answers {

  private Answers() {}

  /** The items of a list. */
  @SuppressWarnings("unchecked") // each list of the contract has its records in items
  static List<Map<String, Object>> items(Map<String, Object> list) {
    return (List<Map<String, Object>>) Objects.requireNonNull(list.get("items"));
  }

  static long total(Map<String, Object> list) {
    return ((Number) list.getOrDefault("total", 0)).longValue();
  }
}
