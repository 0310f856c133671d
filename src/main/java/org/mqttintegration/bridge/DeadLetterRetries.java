package org.mqttintegration.bridge;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.bridge.trace.RouteTrace;
import org.mqttintegration.bridge.trace.Run;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.RequestPlaces;
import org.springframework.stereotype.Component;

/** Tries dead letters again: each goes once through its route as that is now, from the start. */
@Component
class DeadLetterRetries {

  /** Many are tried for that long at most: an answer comes before a caller's patience ends. */
  private static final long LIMIT_SECONDS = 45;

  private static final int PAGE = 100;

  private final CamelContext camel;
  private final DeadLetters deadLetters;
  private final RequestPlaces places;
  private final RouteTrace trace;
  private final Set<Long> running = ConcurrentHashMap.newKeySet();

  DeadLetterRetries(
      CamelContext camel, DeadLetters deadLetters, RequestPlaces places, RouteTrace trace) {
    this.camel = camel;
    this.deadLetters = deadLetters;
    this.places = places;
    this.trace = trace;
  }

  /**
   * What came of it.
   *
   * @param id the dead letter, which is gone after success
   * @param exception the type of what was thrown, null after success
   * @param message what that says
   */
  record Retried(long id, boolean success, @Nullable String exception, @Nullable String message) {}

  /**
   * What came of many.
   *
   * @param left how many were not tried, since the time was over
   * @param last the last one that was tried, null for none; those left come after it
   */
  record RetriedAll(int succeeded, int failed, long left, @Nullable Long last) {}

  /**
   * Tries one again.
   *
   * @throws ProblemException not found, or a conflict: it is being tried, or its route does not run
   */
  Retried retry(long id) {
    try (RequestPlaces.Away away = places.away()) {
      return retryNow(id);
    }
  }

  /**
   * Tries many, oldest first, each once.
   *
   * @param routeId those of this route; null for those of all
   * @param after only those that came after this one; null for all
   * @param seconds how long, at most; null for 45
   */
  RetriedAll retryAll(@Nullable String routeId, @Nullable Long after, @Nullable Long seconds) {
    int succeeded = 0;
    int failed = 0;
    Long last = after;
    long begin = System.nanoTime();
    long limit = TimeUnit.SECONDS.toNanos(seconds == null ? LIMIT_SECONDS : seconds);
    try (RequestPlaces.Away away = places.away()) {
      DeadLetterPage page;
      do {
        page = deadLetters.list(routeId, last, PAGE);
        for (DeadLetter letter : page.items()) {
          if (System.nanoTime() - begin > limit) {
            return new RetriedAll(succeeded, failed, deadLetters.count(routeId, last), last);
          }
          Boolean success = retryIfThere(letter.id());
          succeeded += Boolean.TRUE.equals(success) ? 1 : 0;
          failed += Boolean.FALSE.equals(success) ? 1 : 0;
          last = letter.id();
        }
      } while (page.nextCursor() != null);
    }
    return new RetriedAll(succeeded, failed, 0, last);
  }

  /** Whether it succeeded; null when it is gone meanwhile, or being tried by somebody else. */
  private @Nullable Boolean retryIfThere(long id) {
    if (running.contains(id)) {
      return null;
    }
    try {
      return retryNow(id).success();
    } catch (ProblemException e) {
      return e.type() == ProblemType.NOT_FOUND ? null : false; // else its route does not run
    }
  }

  private Retried retryNow(long id) {
    if (!running.add(id)) {
      throw new ProblemException(ProblemType.CONFLICT, "It is being tried again just now.");
    }
    try {
      Exchange exchange = process(id);
      Exception failure = exchange.getException();
      if (failure == null) {
        Run.endOf(exchange);
        deadLetters.delete(id);
        return new Retried(id, true, null, null);
      }
      Run.failed(exchange, id);
      deadLetters.failedAgain(id, exchange);
      return new Retried(id, false, failure.getClass().getName(), deadLetters.message(failure));
    } finally {
      running.remove(id);
    }
  }

  private Exchange process(long id) {
    Route route = route(deadLetters.routeId(id));
    Exchange exchange = route.getEndpoint().createExchange();
    exchange.getExchangeExtension().setFromRouteId(route.getId());
    exchange.getExchangeExtension().setFromEndpoint(route.getEndpoint());
    exchange.setProperty(DeadLetters.RETRIED, exchange.getExchangeId());
    deadLetters.restore(id, exchange.getMessage());
    trace.beginAgain(
        exchange,
        exchange.getMessage().getHeader(SignalHeaders.HISTORY_ID, Long.class),
        route.getId(),
        id);
    try {
      route.getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
    return exchange;
  }

  private Route route(String id) {
    Route route = camel.getRoute(id);
    if (route == null || !camel.getRouteController().getRouteStatus(id).isStarted()) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The route %s does not run now.".formatted(id));
    }
    return route;
  }
}
