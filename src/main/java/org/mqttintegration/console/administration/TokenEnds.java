package org.mqttintegration.console.administration;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mqttintegration.api.RequestField;
import org.mqttintegration.console.form.Choice;
import org.mqttintegration.console.form.Choices;

/**
 * When a new token may end: at the beginning of a day, in UTC.
 *
 * @param today the day that is counted from
 */
record TokenEnds(LocalDate today) implements Choices {

  private static final String FIELD = "expiresAt";

  static TokenEnds now() {
    return new TokenEnds(LocalDate.now(ZoneOffset.UTC));
  }

  @Override
  public List<Choice> of(RequestField field) {
    return field.name().equals(FIELD)
        ? new ArrayList<>(Stream.of(7, 30, 90, 180, 365).map(this::in).toList())
        : List.of();
  }

  private Choice in(int days) {
    LocalDate day = today.plusDays(days);
    return new Choice(
        DateTimeFormatter.ISO_INSTANT.format(day.atStartOfDay(ZoneOffset.UTC)),
        "in %d days, on %s".formatted(days, day));
  }
}
