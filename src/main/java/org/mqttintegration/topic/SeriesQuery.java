package org.mqttintegration.topic;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.RequestParameters;

/**
 * Which series to read.
 *
 * @param topic one topic, as it is
 * @param field a JSON Pointer; empty for the payload as a whole
 * @param columns into how many intervals the time is divided at most
 */
record SeriesQuery(
    long brokerId,
    String topic,
    String field,
    List<String> tokens,
    @Nullable String direction,
    Instant from,
    Instant to,
    int columns) {

  private static final Duration DEFAULT_TIME = Duration.ofHours(1);
  private static final int DEFAULT_COLUMNS = 300;
  private static final int MOST_COLUMNS = 2_000;

  static SeriesQuery of(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    Long broker = parameters.number("brokerId");
    String topic = parameters.text("topic");
    String field = parameters.text("field");
    if (broker == null) {
      throw ProblemException.invalid("brokerId", "It is needed.");
    }
    if (topic == null) {
      throw ProblemException.invalid("topic", "It is needed.");
    }
    Instant asked = parameters.instant("to");
    Instant to = (asked == null ? Instant.now() : asked).truncatedTo(ChronoUnit.MICROS);
    Instant from = parameters.instant("from");
    from = from == null ? to.minus(DEFAULT_TIME) : from.truncatedTo(ChronoUnit.MICROS);
    if (!from.isBefore(to)) {
      throw ProblemException.invalid("from", "It is before to.");
    }
    String pointer = field == null ? "" : field;
    return new SeriesQuery(
        broker,
        topic,
        pointer,
        List.of(JsonPointer.tokens(pointer)),
        direction(parameters.text("direction")),
        from,
        to,
        columns(parameters.number("columns")));
  }

  private static @Nullable String direction(@Nullable String word) {
    if (word == null || word.equals("send") || word.equals("receive")) {
      return word;
    }
    throw ProblemException.invalid("direction", "One of send, receive.");
  }

  private static int columns(@Nullable Long asked) {
    long columns = asked == null ? DEFAULT_COLUMNS : asked;
    if (columns < 1 || columns > MOST_COLUMNS) {
      throw ProblemException.invalid("columns", "From 1 to %d.".formatted(MOST_COLUMNS));
    }
    return (int) columns;
  }

  /** How long a column is, in microseconds: so long that the columns cover the time. */
  long columnMicros() {
    return divided(columns);
  }

  /** The time in so many parts, each in microseconds. */
  long divided(int parts) {
    long micros = ChronoUnit.MICROS.between(from, to);
    return Math.max(1, (micros + parts - 1) / parts);
  }
}
