package org.mqttintegration.history;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.TopicFilter;
import org.mqttintegration.problem.ProblemException;

/**
 * Which entries to list. What is null is not asked for.
 *
 * @param topic a topic filter
 * @param from the earliest timestamp, inclusive
 * @param to the latest timestamp, exclusive
 * @param contains text whose UTF-8 bytes stand somewhere in the payload
 * @param limit the most entries of the page, 1 to {@value #MAX_LIMIT}
 * @param cursor where the page before ended
 */
record HistoryQuery(
    @Nullable Long brokerId,
    @Nullable Long subscriptionId,
    @Nullable Long signalId,
    @Nullable Direction direction,
    @Nullable String topic,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String contains,
    int limit,
    @Nullable HistoryCursor cursor) {

  static final int MAX_LIMIT = 500;
  private static final int DEFAULT_LIMIT = 50;

  /** PostgreSQL refuses a regular expression that is too complex; topics are far from this. */
  private static final int MAX_LEVELS = 500;

  /**
   * Reads the query parameters that REST has put into the headers.
   *
   * @throws ProblemException invalid, naming the parameter
   */
  static HistoryQuery of(Message request) {
    String cursor = text(request, "cursor");
    return new HistoryQuery(
        number(request, "brokerId"),
        number(request, "subscriptionId"),
        number(request, "signalId"),
        direction(text(request, "direction")),
        topic(text(request, "topic")),
        instant(request, "from"),
        instant(request, "to"),
        text(request, "contains"),
        limit(number(request, "limit")),
        cursor == null ? null : HistoryCursor.decode(cursor));
  }

  /** The {@code id} of the path. */
  static long id(Message request) {
    Long id = number(request, "id");
    if (id == null) {
      throw ProblemException.invalid("id", "An id is needed.");
    }
    return id;
  }

  /** Whether a timestamp has a year that is written with four digits; PostgreSQL knows them all. */
  static boolean isStorable(Instant timestamp) {
    int year = timestamp.atOffset(ZoneOffset.UTC).getYear();
    return year >= 1 && year <= 9999;
  }

  private static @Nullable String text(Message request, String name) {
    Object value = request.getHeader(name);
    if (value instanceof Collection) {
      throw ProblemException.invalid(name, "This is given more than once.");
    }
    return value == null || value.toString().isEmpty() ? null : value.toString();
  }

  private static @Nullable Long number(Message request, String name) {
    String value = text(request, name);
    try {
      return value == null ? null : Long.valueOf(value);
    } catch (NumberFormatException e) {
      throw ProblemException.invalid(name, "This is a whole number.");
    }
  }

  private static @Nullable Instant instant(Message request, String name) {
    String value = text(request, name);
    if (value == null) {
      return null;
    }
    try {
      Instant instant = OffsetDateTime.parse(value).toInstant();
      if (isStorable(instant)) {
        return instant;
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    throw ProblemException.invalid(
        name,
        "A time is ISO 8601 with its offset, as in 2026-01-31T12:00:00.5Z; + is sent as %2B.");
  }

  private static int limit(@Nullable Long limit) {
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw ProblemException.invalid("limit", "A page has 1 to %d entries.".formatted(MAX_LIMIT));
    }
    return limit.intValue();
  }

  private static @Nullable Direction direction(@Nullable String word) {
    if (word == null) {
      return null;
    }
    return Arrays.stream(Direction.values())
        .filter(direction -> direction.word().equals(word))
        .findFirst()
        .orElseThrow(() -> ProblemException.invalid("direction", "This is send or receive."));
  }

  private static @Nullable String topic(@Nullable String filter) {
    if (filter == null) {
      return null;
    }
    String fault = TopicFilter.fault(filter);
    if (fault != null) {
      throw ProblemException.invalid("topic", fault);
    }
    if (TopicFilter.hasWildcard(filter) && levels(filter) > MAX_LEVELS) {
      throw ProblemException.invalid(
          "topic", "To search with, a filter has at most %d levels.".formatted(MAX_LEVELS));
    }
    return filter;
  }

  private static long levels(String filter) {
    return 1 + filter.chars().filter(c -> c == '/').count();
  }
}
