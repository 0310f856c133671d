package org.mqttintegration.console.routes;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads fields of the contract's answers. */
final class Answers {

  private Answers() {}

  static int number(Map<?, ?> of, String field) {
    return ((Number) Objects.requireNonNull(of.get(field), field)).intValue();
  }

  static List<String> texts(Map<?, ?> of, String field) {
    return ((List<?>) Objects.requireNonNull(of.get(field), field))
        .stream().map(String::valueOf).toList();
  }

  @SuppressWarnings("unchecked") // as the contract has it
  static List<Map<String, Object>> objects(Map<?, ?> of, String field) {
    return (List<Map<String, Object>>) Objects.requireNonNull(of.get(field), field);
  }

  @SuppressWarnings("unchecked") // as the contract has it
  static @Nullable Map<String, Object> object(Map<?, ?> of, String field) {
    return (Map<String, Object>) of.get(field);
  }
}
