package org.mqttintegration.routefile;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.bridge.DurablePositions;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/**
 * Whether the routes of files go on: none waits for its target, and no file is refused. A route
 * that somebody stopped is no fault. Degrades the group of routes and nothing else.
 */
@Component("routeHealthIndicator") // "route" in the answer
class RouteHealth implements HealthIndicator {

  private static final Status DEGRADED = new Status("DEGRADED");

  private final CamelContext camel;
  private final RouteFiles files;
  private final DurablePositions positions;

  RouteHealth(CamelContext camel, RouteFiles files, DurablePositions positions) {
    this.camel = camel;
    this.files = files;
    this.positions = positions;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    Map<String, String> waiting = positions.waitingFor();
    for (RouteFileState file : files.all()) {
      Map<String, Object> routes = new LinkedHashMap<>();
      LoadedFile loaded = file.loaded();
      if (loaded != null) {
        loaded.routeIds().forEach(id -> routes.put(id, told(id, waiting.get(id))));
      }
      boolean waits = loaded != null && loaded.routeIds().stream().anyMatch(waiting::containsKey);
      if (waits || file.isRefused()) {
        health.status(DEGRADED);
      }
      health.withDetail(file.file().name(), Map.of("refused", file.isRefused(), "routes", routes));
    }
    return health.build();
  }

  private Map<String, Object> told(String routeId, @Nullable String waitingFor) {
    ServiceStatus status = camel.getRouteController().getRouteStatus(routeId);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("state", status == null ? "stopped" : status.name().toLowerCase(Locale.ROOT));
    if (waitingFor != null) {
      told.put("waitingFor", waitingFor);
    }
    return told;
  }
}
