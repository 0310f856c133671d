package org.mqttintegration.bridge;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.bridge.trace.RouteTrace;
import org.mqttintegration.history.HistoryFeed;
import org.mqttintegration.node.Leases;
import org.mqttintegration.node.Notice;
import org.mqttintegration.node.Notices;
import org.mqttintegration.telemetry.Traces;
import org.springframework.context.event.EventListener;
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
  private final Leases leases;

  /** By durable name, the route that has it. */
  private final Map<String, String> claims = new ConcurrentHashMap<>();

  /** By durable name, those that run on this node. */
  private final Map<String, Reception> durable = new ConcurrentHashMap<>();

  Receptions(
      HistoryFeed feed,
      Positions positions,
      ReceiveFilter filter,
      DeadLetters deadLetters,
      BridgeSettings settings,
      RouteTrace trace,
      Leases leases,
      Traces traces) {
    this.leases = leases;
    this.feed = feed;
    this.positions = positions;
    this.filter = filter;
    this.deadLetters = deadLetters;
    this.settings = settings;
    this.trace = trace;
    this.traces = traces;
  }

  Leases leases() {
    return leases;
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
  void claim(String name, String routeId) {
    String other = claims.putIfAbsent(name, routeId);
    if (other != null) {
      throw new IllegalStateException(
          "The durable name %s is that of the route %s already".formatted(name, other));
    }
  }

  void release(String name, String routeId) {
    claims.remove(name, routeId);
  }

  /** The route that has a durable name, on whichever node it runs. */
  @Nullable String routeOf(String name) {
    return claims.get(name);
  }

  void began(String name, Reception reception) {
    durable.put(name, reception);
  }

  void ended(String name, Reception reception) {
    durable.remove(name, reception);
  }

  /** The route of a durable name, when it runs on this node. */
  @Nullable Reception of(String name) {
    return durable.get(name);
  }

  Collection<Reception> running() {
    return List.copyOf(durable.values());
  }

  /** Somebody has a route go on from elsewhere. */
  @EventListener
  void on(Notice notice) {
    Reception running = notice.isOf(Notices.POSITION) ? of(notice.value()) : null;
    if (running != null) {
      running.goOnFromStored();
    }
  }
}
