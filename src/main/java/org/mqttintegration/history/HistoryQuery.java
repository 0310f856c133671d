package org.mqttintegration.history;

import java.time.Instant;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.TopicFilter;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.RequestParameters;

/**
 * Which entries to list. What is null is not asked for.
 *
 * @param topic a topic filter
 * @param from the earliest timestamp, inclusive
 * @param to the latest timestamp, exclusive
 * @param contains text whose UTF-8 bytes stand somewhere in the payload
 * @param limit the most entries of the page, 1 to {@value RequestParameters#MAX_LIMIT}
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

  /** An exchange property: the signal whose history is asked for, whatever the parameters say. */
  static final String SIGNAL_ID = "signalId";

  /** PostgreSQL refuses a regular expression that is too complex; topics are far from this. */
  private static final int MAX_LEVELS = 500;

  /**
   * Reads the query parameters of a request.
   *
   * @throws ProblemException invalid, naming the parameter
   */
  static HistoryQuery of(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    String cursor = parameters.text("cursor");
    Long signal = exchange.getProperty(SIGNAL_ID, Long.class);
    return new HistoryQuery(
        parameters.number("brokerId"),
        parameters.number("subscriptionId"),
        signal != null ? signal : parameters.number("signalId"),
        parameters.choice("direction", Direction.class),
        topic(parameters.text("topic")),
        parameters.instant("from"),
        parameters.instant("to"),
        parameters.anyText("contains"),
        parameters.limit(),
        cursor == null ? null : HistoryCursor.decode(cursor));
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

  /**
   * The same, of a part of its time: from an instant on, behind a row or before another instant.
   */
  HistoryQuery part(
      Instant begin, @Nullable Instant end, @Nullable HistoryCursor behind, int most) {
    return new HistoryQuery(
        brokerId, subscriptionId, signalId, direction, topic, begin, end, contains, most, behind);
  }
}
