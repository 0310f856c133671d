package org.mqttintegration.configuration.odoo;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;

/**
 * A row of a table.
 *
 * @param line the line of the file that it begins at
 * @param values what stands in each column, by field; an empty text where nothing does
 */
record OdooRow(long line, Map<String, String> values) {

  private static final Set<String> TRUE = Set.of("true", "1", "yes", "x");
  private static final Set<String> FALSE = Set.of("false", "0", "no");

  /** Whether its file has a column of a field, empty or not. */
  boolean has(String field) {
    return values.containsKey(field);
  }

  /** Whether its file has a column of a relation, by whichever of the names for it. */
  boolean refersTo(String relation) {
    return values.keySet().stream()
        .anyMatch(field -> field.equals(relation) || field.startsWith(relation + "/"));
  }

  boolean isEmpty() {
    return values.values().stream().allMatch(String::isEmpty);
  }

  /** A text, null when the field is empty. */
  @Nullable String text(String field) {
    String value = values.get(field);
    return value == null || value.isEmpty() ? null : value;
  }

  /** A text, empty when the field is. */
  String textOrEmpty(String field) {
    return values.getOrDefault(field, "");
  }

  /** A text that has to be there. */
  String needed(String field) {
    String value = text(field);
    if (value == null) {
      throw ProblemException.invalid(field, "It is needed.");
    }
    return value;
  }

  /** A whole number, null when the field is empty. */
  @Nullable Integer number(String field) {
    String value = text(field);
    try {
      // a spreadsheet may have made 1883.0 of it
      return value == null ? null : Integer.valueOf(value.strip().replaceFirst("\\.0+$", ""));
    } catch (NumberFormatException e) {
      throw ProblemException.invalid(field, "A whole number.");
    }
  }

  /** A flag; later versions of Odoo leave it empty for false. */
  boolean flag(String field) {
    String value = textOrEmpty(field).strip().toLowerCase(Locale.ROOT);
    if (!value.isEmpty() && !TRUE.contains(value) && !FALSE.contains(value)) {
      throw ProblemException.invalid(field, "True or False.");
    }
    return TRUE.contains(value);
  }

  /** An instant, as Odoo writes it, in a time zone. */
  Instant instant(String field, ZoneId zone) {
    String value = needed(field).strip();
    try {
      return value.endsWith("Z")
          ? Instant.parse(value)
          : LocalDateTime.parse(value.replace(' ', 'T')).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw ProblemException.invalid(field, "A time as in 2025-03-01 06:30:00.");
    }
  }
}
