package org.mqttintegration.console.history;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the JSON that operations answer with, where the contract says what is there. */
final class Answers {

  private Answers() {}

  static long number(Map<String, Object> object, String field) {
    return ((Number) Objects.requireNonNull(object.get(field), field)).longValue();
  }

  static String text(Map<String, Object> object, String field) {
    return Objects.requireNonNull(object.get(field), field).toString();
  }

  /** The records of a list. */
  @SuppressWarnings("unchecked") // each list of the contract has its records in items
  static List<Map<String, Object>> items(Map<String, Object> list) {
    return (List<Map<String, Object>>) Objects.requireNonNull(list.get("items"));
  }
}
