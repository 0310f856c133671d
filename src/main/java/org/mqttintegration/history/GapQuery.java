package org.mqttintegration.history;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.Conditions;
import org.mqttintegration.resource.RequestParameters;

/**
 * Which gaps to list. What is null is not asked for.
 *
 * @param from that reach to this instant or beyond it
 * @param to that began before
 * @param open whether only those that last
 */
record GapQuery(
    @Nullable Long brokerId,
    @Nullable Long subscriptionId,
    @Nullable Instant from,
    @Nullable Instant to,
    boolean open) {

  /**
   * Reads the query parameters of a request.
   *
   * @throws ProblemException invalid, naming the parameter
   */
  static GapQuery of(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    return new GapQuery(
        parameters.number("brokerId"),
        parameters.number("subscriptionId"),
        parameters.instant("from"),
        parameters.instant("to"),
        parameters.flag("open"));
  }

  /** All of a subscription. */
  static GapQuery of(long subscriptionId) {
    return new GapQuery(null, subscriptionId, null, null, false);
  }

  /** Those that touch what a query of the history asks for. */
  static GapQuery of(HistoryQuery query) {
    return new GapQuery(query.brokerId(), query.subscriptionId(), query.from(), query.to(), false);
  }

  Conditions conditions() {
    Conditions conditions = new Conditions();
    conditions.add("broker_id = :brokerId", "brokerId", brokerId);
    conditions.add("subscription_id = :subscriptionId", "subscriptionId", subscriptionId);
    conditions.add("(ends is null or ends >= :from)", "from", utc(from));
    conditions.add("starts < :to", "to", utc(to));
    if (open) {
      conditions.add("ends is null", Map.of());
    }
    return conditions;
  }

  private static @Nullable Object utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
