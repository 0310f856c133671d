package org.mqttintegration.topic;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.RequestParameters;

/**
 * Which part of a broker's tree to list.
 *
 * @param under what stands before the names, with its last slash; empty for the first level
 * @param contains text in the whole topic; then topics of all levels are listed, not one level
 * @param cursor where the page before ended
 * @param until the last one to list
 * @param changedAfter a position: only what changed behind it
 */
record TopicQuery(
    long brokerId,
    String under,
    @Nullable String contains,
    int limit,
    @Nullable TopicCursor cursor,
    @Nullable TopicCursor until,
    @Nullable Long changedAfter) {

  static TopicQuery of(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    String under = parameters.text("under");
    if (under != null && !under.endsWith("/")) {
      throw ProblemException.invalid("under", "It ends with a slash, as in plant/line/.");
    }
    return new TopicQuery(
        parameters.id(),
        under == null ? "" : under,
        parameters.text("contains"),
        parameters.limit(),
        TopicCursor.decode("cursor", parameters.text("cursor")),
        TopicCursor.decode("until", parameters.text("until")),
        parameters.number("changedAfter"));
  }
}
