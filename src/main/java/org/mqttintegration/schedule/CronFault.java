package org.mqttintegration.schedule;

import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/** Says what is wrong with a cron expression, and what to do. */
final class CronFault {

  /**
   * A field of an expression.
   *
   * @param may what may stand there
   * @param neutral what always fits, beside which a field can be tried alone
   */
  private record Field(String name, String may, String neutral) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field("seconds", "0 to 59", "0"),
          new Field("minutes", "0 to 59", "0"),
          new Field("hours", "0 to 23", "0"),
          new Field("day of month", "1 to 31, L, W or ?", "?"),
          new Field("month", "1 to 12 or JAN to DEC", "*"),
          new Field("day of week", "1 (Sunday) to 7 or SUN to SAT, L, # or ?", "*"),
          new Field("year", "1970 to 2199", "*"));

  private static final int DAY_OF_MONTH = 3;
  private static final int DAY_OF_WEEK = 5;
  private static final int FEWEST = 6;

  private CronFault() {}

  /** A sentence, null when nothing is wrong. */
  static @Nullable String of(String expression) {
    String[] fields = expression.strip().split("\\s+");
    if (fields.length < FEWEST || fields.length > FIELDS.size()) {
      return ("An expression has 6 or 7 fields with blanks between them: seconds, minutes, hours,"
              + " day of month, month, day of week, and perhaps year; this has %d.")
          .formatted(expression.isBlank() ? 0 : fields.length);
    }
    for (int i = 0; i < fields.length; i++) {
      if (!isValid(alone(i, fields[i]))) {
        Field field = FIELDS.get(i);
        return "The field %s is %s; it may be %s, also several with commas, a range with - and steps with /, or *."
            .formatted(field.name(), shortened(fields[i]), field.may());
      }
    }
    if (fields[DAY_OF_MONTH].equals("?") == fields[DAY_OF_WEEK].equals("?")) {
      return "One of the fields day of month and day of week has to be ?, and the other not.";
    }
    return isValid(expression) ? null : "This is no cron expression as Quartz has them.";
  }

  /** An expression that is valid if the field is; of the two for days, one is not given. */
  private static String alone(int place, String value) {
    String[] fields = FIELDS.stream().map(Field::neutral).toArray(String[]::new);
    fields[place] = value;
    if (place == DAY_OF_MONTH || place == DAY_OF_WEEK) {
      fields[DAY_OF_MONTH + DAY_OF_WEEK - place] = value.equals("?") ? "*" : "?";
    }
    return String.join(" ", fields);
  }

  private static boolean isValid(String expression) {
    try {
      new CronExpression(expression);
      return true;
    } catch (ParseException | RuntimeException e) {
      return false;
    }
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
