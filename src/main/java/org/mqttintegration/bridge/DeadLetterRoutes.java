package org.mqttintegration.bridge;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.RequestParameters;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** The operations on dead letters over REST. */
@Component
class DeadLetterRoutes extends ResourceRoutes {

  private final DeadLetters deadLetters;
  private final DeadLetterRetries retries;

  DeadLetterRoutes(DeadLetters deadLetters, DeadLetterRetries retries) {
    this.deadLetters = deadLetters;
    this.retries = retries;
  }

  /** How many were dropped. */
  record Dropped(int dropped) {}

  @Override
  public void configure() {
    answer(operation("listDeadLetters", "Lists exchanges that failed for good"), this::list);
    answer(operation("getDeadLetter", "Reads a dead letter"), e -> deadLetters.get(id(e)));
    answer(operation("retryDeadLetter", "Tries a dead letter again"), e -> retries.retry(id(e)));
    answer(
        operation("retryDeadLetters", "Tries dead letters again"),
        e -> retryAll(RequestParameters.of(e)));
    deleted(operation("deleteDeadLetter", "Drops a dead letter"), this::delete);
    answer(operation("deleteDeadLetters", "Drops dead letters"), this::deleteAll);
  }

  private DeadLetterPage list(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    return deadLetters.list(
        parameters.text("routeId"), parameters.number("cursor"), parameters.limit());
  }

  private DeadLetterRetries.RetriedAll retryAll(RequestParameters parameters) {
    return retries.retryAll(
        parameters.text("routeId"), parameters.number("after"), parameters.number("seconds"));
  }

  private static @Nullable String routeId(Exchange exchange) {
    return RequestParameters.of(exchange).text("routeId");
  }

  private void delete(Exchange exchange) {
    if (!deadLetters.delete(id(exchange))) {
      throw ProblemException.notFound("dead letter", id(exchange));
    }
  }

  /** All of them only when that is said. */
  private Dropped deleteAll(Exchange exchange) {
    String route = routeId(exchange);
    if (route == null && !RequestParameters.of(exchange).flag("all")) {
      throw ProblemException.invalid("routeId", "Say which route's, or all=true for those of all.");
    }
    return new Dropped(deadLetters.deleteAll(route));
  }
}
