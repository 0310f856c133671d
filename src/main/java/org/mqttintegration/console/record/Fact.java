package org.mqttintegration.console.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.console.form.Labels;

/**
 * What is so about a record.
 *
 * @param label what it is, as people read it
 * @param field the field that says it
 * @param drawn how it is drawn, as {@link Column#drawn} says
 * @param value the value
 */
record Fact(String label, String field, String drawn, Object value) {

  /** What stands elsewhere on the page. */
  private static final Set<String> ELSEWHERE = Set.of("id", "warnings", "displayName");

  /** All that a record says beyond its columns; what it has not is left out. */
  static List<Fact> of(RecordType type, Map<String, Object> record) {
    List<Fact> facts = new ArrayList<>();
    record.forEach(
        (field, value) -> {
          if (!ELSEWHERE.contains(field)
              && type.columns().stream().noneMatch(column -> column.field().equals(field))) {
            add(field, field, value, facts);
          }
        });
    return facts;
  }

  private static void add(String path, String field, @Nullable Object value, List<Fact> facts) {
    if (value instanceof Map<?, ?> group) {
      group.forEach((name, below) -> add(path + "." + name, String.valueOf(name), below, facts));
    } else if (value instanceof List<?> items) {
      items.forEach(item -> facts.add(fact(path, field, text(item))));
    } else if (value != null && !"".equals(value)) {
      facts.add(fact(path, field, value instanceof Boolean yes ? (yes ? "yes" : "no") : value));
    }
  }

  private static Fact fact(String path, String field, Object value) {
    return new Fact(new Labels().of(path), field, drawn(field, value), value);
  }

  /** A pair of name and value as such, as user properties are. */
  private static Object text(Object item) {
    return item instanceof Map<?, ?> pair && pair.size() == 2
        ? pair.get("name") + " = " + pair.get("value")
        : item;
  }

  private static String drawn(String field, Object value) {
    if (field.endsWith("Id") && value instanceof Number) {
      return "reference";
    }
    if (value.toString().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:[\\d.]+Z")) {
      return "time";
    }
    return field.equals("payload") ? "payload" : "text";
  }
}
