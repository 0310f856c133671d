package org.mqttintegration.bridge;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.bridge.trace.RouteTrace;
import org.mqttintegration.history.HistoryFeed;
import org.mqttintegration.telemetry.Traces;
import org.springframework.stereotype.Component;

/** The routes that receive now, with what they need to; the durable ones by name. */
@Component
class Receptions {

  private final HistoryFeed feed;
  private final Positions positions;
  private final ReceiveFilter filter;
  private final DeadLetters deadLetters;
  private final BridgeSettings settings;
  private final RouteTrace trace;
  private final Traces traces;
  private final Map<String, Reception> durable = new ConcurrentHashMap<>();

  Receptions(
      HistoryFeed feed,
      Positions positions,
      ReceiveFilter filter,
      DeadLetters deadLetters,
      BridgeSettings settings,
      RouteTrace trace,
      Traces traces) {
    this.feed = feed;
    this.positions = positions;
    this.filter = filter;
    this.deadLetters = deadLetters;
    this.settings = settings;
    this.trace = trace;
    this.traces = traces;
  }

  HistoryFeed feed() {
    return feed;
  }

  Positions positions() {
    return positions;
  }

  ReceiveFilter filter() {
    return filter;
  }

  DeadLetters deadLetters() {
    return deadLetters;
  }

  BridgeSettings settings() {
    return settings;
  }

  RouteTrace trace() {
    return trace;
  }

  Traces traces() {
    return traces;
  }

  /**
   * Takes the name of a durable route.
   *
   * @throws IllegalStateException when another route has it
   */
  void claim(String name, Reception reception) {
    Reception other = durable.putIfAbsent(name, reception);
    if (other != null) {
      throw new IllegalStateException(
          "The durable name %s is that of the route %s already".formatted(name, other.routeId()));
    }
  }

  void release(String name, Reception reception) {
    durable.remove(name, reception);
  }

  /** The route that has a durable name now. */
  @Nullable Reception of(String name) {
    return durable.get(name);
  }

  Collection<Reception> running() {
    return List.copyOf(durable.values());
  }
}
