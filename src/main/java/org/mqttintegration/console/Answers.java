package org.mqttintegration.console;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the JSON that operations answer with, where the contract says what is there. */
public final class Answers {

  private Answers() {}

  /** The records of a list. */
  public static List<Map<String, Object>> items(Map<?, ?> list) {
    return objects(list, "items");
  }

  /** How many records there are, of which a list has some. */
  public static long total(Map<String, Object> list) {
    return ((Number) list.getOrDefault("total", 0)).longValue();
  }

  /** A whole number. */
  public static long number(Map<?, ?> object, String field) {
    return ((Number) Objects.requireNonNull(object.get(field), field)).longValue();
  }

  /** A whole number that is small. */
  public static int count(Map<?, ?> object, String field) {
    return Math.toIntExact(number(object, field));
  }

  /** Text, or anything else as it is written. */
  public static String text(Map<?, ?> object, String field) {
    return Objects.requireNonNull(object.get(field), field).toString();
  }

  /** Texts. */
  public static List<String> texts(Map<?, ?> object, String field) {
    return ((List<?>) Objects.requireNonNull(object.get(field), field))
        .stream().map(String::valueOf).toList();
  }

  /** Objects. */
  @SuppressWarnings("unchecked") // as the contract has it
  public static List<Map<String, Object>> objects(Map<?, ?> object, String field) {
    return (List<Map<String, Object>>) Objects.requireNonNull(object.get(field), field);
  }

  /** An object, null when there is none. */
  @SuppressWarnings("unchecked") // as the contract has it
  public static @Nullable Map<String, Object> object(Map<?, ?> object, String field) {
    return (Map<String, Object>) object.get(field);
  }
}
