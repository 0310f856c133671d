package org.mqttintegration.resource;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;

/** The path and query parameters of a request. */
public final class RequestParameters {

  /** The largest page that can be asked for. */
  public static final int MAX_SIZE = 200;

  /** The most entries of a page that a cursor continues. */
  public static final int MAX_LIMIT = 500;

  private static final int DEFAULT_SIZE = 50;
  private static final int MAX_PAGE = 10_000_000; // its offset still fits an int

  private final Message message;
  private final @Nullable Map<String, String> query;

  private RequestParameters(Message message) {
    this.message = message;
    // Of an HTTP request only the query itself: among the headers stand HTTP's own, such as Host.
    this.query =
        message.getHeader(Exchange.HTTP_METHOD) == null
            ? null
            : parse(message.getHeader(Exchange.HTTP_QUERY, "", String.class));
  }

  /** Those of the request that an exchange carries. */
  public static RequestParameters of(Exchange exchange) {
    return new RequestParameters(exchange.getMessage());
  }

  /** The path parameter {@code id}. */
  public long id() {
    Long id = parseLong(message.getHeader("id", String.class));
    if (id == null) {
      throw ProblemException.invalid("id", "An id is a whole number.");
    }
    return id;
  }

  /** A text without NUL, null when it is not given or empty. */
  public @Nullable String text(String name) {
    String value = anyText(name);
    if (value != null && value.indexOf('\0') >= 0) {
      throw ProblemException.invalid(name, "No NUL character is allowed.");
    }
    return value;
  }

  /** A text of whatever characters, null when it is not given or empty. */
  public @Nullable String anyText(String name) {
    String value = value(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** A whole number, null when it is not given. */
  public @Nullable Long number(String name) {
    String value = value(name);
    Long number = parseLong(value);
    if (value != null && number == null) {
      throw ProblemException.invalid(name, "A whole number is expected.");
    }
    return number;
  }

  /** An instant, null when it is not given. */
  public @Nullable Instant instant(String name) {
    String value = text(name);
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

  /** Whether an instant has a year that is written with four digits; PostgreSQL knows them all. */
  public static boolean isStorable(Instant instant) {
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    return year >= 1 && year <= 9999;
  }

  /** True or false; false when it is not given. */
  public boolean flag(String name) {
    String value = value(name);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true")) {
      return true;
    }
    throw ProblemException.invalid(name, "Either true or false.");
  }

  /** A constant by its name in JSON, null when it is not given. */
  public <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
    String value = value(name);
    if (value == null) {
      return null;
    }
    E constant = WireName.constant(type, value);
    if (constant == null) {
      throw ProblemException.invalid(name, "One of " + WireName.all(type) + ".");
    }
    return constant;
  }

  /**
   * The parameters {@code page}, {@code size} and {@code sort}. Equal rows are sorted by id, so
   * that no page repeats or leaves out any.
   *
   * @param sortable the fields that can be sorted by, the first one is the default
   */
  public Pageable page(List<String> sortable) {
    List<FieldError> errors = new ArrayList<>();
    int page = bounded("page", 0, 0, MAX_PAGE, errors);
    int size = bounded("size", DEFAULT_SIZE, 1, MAX_SIZE, errors);
    String sort = value("sort");
    if (sort == null) {
      sort = sortable.get(0);
    }
    boolean descending = sort.startsWith("-");
    String field = descending ? sort.substring(1) : sort;
    if (!sortable.contains(field)) {
      errors.add(
          new FieldError(
              "sort",
              "One of %s, with - before it to descend.".formatted(String.join(", ", sortable))));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    Sort by = descending ? Sort.by(field).descending() : Sort.by(field).ascending();
    return PageRequest.of(page, size, by.and(Sort.by("id")));
  }

  /** The parameter {@code limit}: how many at most on a page that a cursor continues. */
  public int limit() {
    Long limit = number("limit");
    if (limit == null) {
      return DEFAULT_SIZE;
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw ProblemException.invalid("limit", "A page has 1 to %d entries.".formatted(MAX_LIMIT));
    }
    return limit.intValue();
  }

  private int bounded(String name, int absent, int min, int max, List<FieldError> errors) {
    String value = value(name);
    if (value == null) {
      return absent;
    }
    Long number = parseLong(value);
    if (number == null || number < min || number > max) {
      errors.add(new FieldError(name, "A whole number from %d to %d.".formatted(min, max)));
      return absent;
    }
    return number.intValue();
  }

  private @Nullable String value(String name) {
    if (query != null) {
      return query.get(name);
    }
    if (message.getHeader(name) instanceof Collection) {
      throw ProblemException.invalid(name, "It is given more than once.");
    }
    return message.getHeader(name, String.class);
  }

  private static @Nullable Long parseLong(@Nullable String value) {
    try {
      return value == null ? null : Long.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Map<String, String> parse(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
      if (!name.isEmpty() && parameters.put(name, value) != null) {
        throw ProblemException.invalid(name, "It is given more than once.");
      }
    }
    return parameters;
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("", "The query is not percent-encoded as it should be.");
    }
  }
}
