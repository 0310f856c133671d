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
 * @param values what is not empty, by field
 */
record OdooRow(long line, Map<String, String> values) {

  private static final Set<String> TRUE = Set.of("true", "1", "yes", "x");
  private static final Set<String> FALSE = Set.of("false", "0", "no");

  /** A text, null when the field is empty. */
  @Nullable String text(String field) {
    return values.get(field);
  }

  /** A text that has to be there. */
  String needed(String field) {
    String value = values.get(field);
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

  /** A flag; Odoo leaves it empty for false. */
  boolean flag(String field) {
    String value = values.getOrDefault(field, "false").strip().toLowerCase(Locale.ROOT);
    if (!TRUE.contains(value) && !FALSE.contains(value)) {
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
