package org.mqttintegration.routefile;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;

/** Counts what the routes of files do, since each was started. */
final class RouteStatistics extends RoutePolicySupport {

  private final Map<String, Counts> routes = new ConcurrentHashMap<>();

  /** What one route did. */
  static final class Counts {
    private final LongAdder begun = new LongAdder();
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Instant since = now();
    private volatile @Nullable LastError lastError;

    long exchanges() {
      return done.sum();
    }

    long failures() {
      return failed.sum();
    }

    long inFlight() {
      return Math.max(0, begun.sum() - done.sum());
    }

    Instant since() {
      return since;
    }

    @Nullable LastError lastError() {
      return lastError;
    }
  }

  /**
   * The newest failure of a route.
   *
   * @param message what it was
   * @param at when it was
   */
  record LastError(String message, Instant at) {}

  /** What a route did since it was started; null when it never was. */
  @Nullable Counts of(String routeId) {
    return routes.get(routeId);
  }

  /** The routes that were started, by id. */
  Set<String> routeIds() {
    return Set.copyOf(routes.keySet());
  }

  @Override
  public void onStart(Route route) {
    routes.put(route.getRouteId(), new Counts());
  }

  @Override
  public void onRemove(Route route) {
    routes.remove(route.getRouteId());
  }

  @Override
  public void onExchangeBegin(Route route, Exchange exchange) {
    counts(route).begun.increment();
  }

  @Override
  public void onExchangeDone(Route route, Exchange exchange) {
    Counts counts = counts(route);
    counts.done.increment();
    Throwable failure = failure(exchange);
    if (failure != null) {
      counts.failed.increment();
      counts.lastError = new LastError(Failure.sentence(failure), now());
    }
  }

  /** What failed for good, whether or not a dead letter took it. */
  private static @Nullable Throwable failure(Exchange exchange) {
    if (exchange.getException() != null) {
      return exchange.getException();
    }
    return exchange.getExchangeExtension().isFailureHandled()
        ? exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class)
        : null;
  }

  private Counts counts(Route route) {
    return routes.computeIfAbsent(route.getRouteId(), id -> new Counts());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
