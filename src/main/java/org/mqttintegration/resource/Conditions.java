package org.mqttintegration.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conditions of a query, all of which have to hold, with their parameters. */
public final class Conditions {

  private final List<String> conditions = new ArrayList<>(List.of("true"));
  private final Map<String, Object> parameters = new LinkedHashMap<>();

  /** Adds a condition with one parameter; nothing when that is null. */
  public void add(String condition, String name, @Nullable Object value) {
    if (value != null) {
      add(condition, Map.of(name, value));
    }
  }

  /** Adds a condition. */
  public void add(String condition, Map<String, ?> values) {
    conditions.add(condition);
    parameters.putAll(values);
  }

  /** As they stand behind {@code where}. */
  public String sql() {
    return String.join(" and ", conditions);
  }

  public Map<String, Object> parameters() {
    return parameters;
  }
}
