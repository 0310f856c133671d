package org.mqttintegration.routefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.bridge.DeadLetterCounts;
import org.mqttintegration.bridge.DurablePosition;
import org.mqttintegration.bridge.DurablePositions;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.routefile.RouteStatistics.Counts;
import org.mqttintegration.routefile.RouteStatistics.LastError;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The routes of files, as REST shows them; and stopping and starting one of them. */
@Component
class RouteViews {

  private final CamelContext camel;
  private final RouteFiles files;
  private final RouteSecrets secrets;
  private final DurablePositions positions;
  private final DeadLetterCounts deadLetters;
  private final ApplicationEventPublisher events;

  RouteViews(
      CamelContext camel,
      RouteFiles files,
      RouteSecrets secrets,
      DurablePositions positions,
      DeadLetterCounts deadLetters,
      ApplicationEventPublisher events) {
    this.events = events;
    this.positions = positions;
    this.deadLetters = deadLetters;
    this.camel = camel;
    this.files = files;
    this.secrets = secrets;
  }

  /** All routes of all files, by file. */
  List<RouteView> list() {
    Waiting waiting = waiting();
    List<RouteView> routes = new ArrayList<>();
    for (RouteFileState file : files.all()) {
      LoadedFile loaded = file.loaded();
      if (loaded != null) {
        for (String id : loaded.routeIds()) {
          Route route = camel.getRoute(id);
          if (route != null) {
            routes.add(view(file.file().name(), route, waiting));
          }
        }
      }
    }
    return routes;
  }

  /**
   * What waits for routes, by their ids.
   *
   * @param positions how far those are that are durable
   * @param deadLetters how many of their exchanges failed for good
   */
  private record Waiting(Map<String, DurablePosition> positions, Map<String, Long> deadLetters) {}

  private Waiting waiting() {
    return new Waiting(positions.byRoute(), deadLetters.byRoute());
  }

  /** Starts a route that was stopped. */
  RouteView start(String id) {
    return change(id, () -> camel.getRouteController().startRoute(id));
  }

  /** Stops a route until it is started, its file changes, or the application starts again. */
  RouteView stop(String id) {
    return change(id, () -> camel.getRouteController().stopRoute(id));
  }

  private interface Change {
    void run() throws Exception;
  }

  private RouteView change(String id, Change change) {
    RouteFileState file = files.ofRoute(id);
    Route route = camel.getRoute(id);
    if (file == null || route == null) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "No route file has a route %s.".formatted(id));
    }
    try {
      change.run();
    } catch (Exception e) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "Camel did not do it: %s".formatted(secrets.hide(Failure.sentence(e))));
    }
    events.publishEvent(new RouteFilesChanged(file.file().name()));
    return view(file.file().name(), route, waiting());
  }

  private RouteView view(String file, Route route, Waiting waiting) {
    DurablePosition durable = waiting.positions().get(route.getRouteId());
    ServiceStatus status = camel.getRouteController().getRouteStatus(route.getRouteId());
    Counts counts = files.statistics().of(route.getRouteId());
    LastError error = counts == null ? null : counts.lastError();
    return new RouteView(
        route.getRouteId(),
        file,
        route.getDescription(),
        String.valueOf(shown(route.getEndpoint().getEndpointUri())),
        targets(route),
        status == null ? "stopped" : status.name().toLowerCase(Locale.ROOT),
        counts == null ? null : counts.since(),
        counts == null ? 0 : counts.exchanges(),
        counts == null ? 0 : counts.failures(),
        counts == null ? 0 : counts.inFlight(),
        waiting.deadLetters().getOrDefault(route.getRouteId(), 0L),
        error == null ? null : secrets.hide(error.message()),
        error == null ? null : error.at(),
        durable == null ? null : durable.historyId(),
        durable == null ? null : durable.lag(),
        durable == null ? null : durable.waitingFor());
  }

  private List<String> targets(Route route) {
    return RouteTargets.of(((ModelCamelContext) camel).getRouteDefinition(route.getRouteId()))
        .stream()
        .map(this::shown)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private @Nullable String shown(String uri) {
    return secrets.hide(URISupport.sanitizeUri(uri));
  }

  /** What became of a file. */
  RouteFileView view(RouteFileState file) {
    LoadedFile loaded = file.loaded();
    return new RouteFileView(
        file.file().name(),
        status(file),
        file.findings(),
        loaded == null ? null : loaded.version(),
        loaded == null ? null : loaded.since(),
        loaded == null ? List.of() : loaded.routeIds());
  }

  private RouteFileStatus status(RouteFileState file) {
    if (file.isRefused()) {
      return RouteFileStatus.REFUSED;
    }
    LoadedFile loaded = file.loaded();
    boolean stopped =
        loaded != null
            && !loaded.routeIds().isEmpty()
            && loaded.routeIds().stream().noneMatch(this::isStarted);
    return stopped ? RouteFileStatus.STOPPED : RouteFileStatus.RUNNING;
  }

  private boolean isStarted(String id) {
    ServiceStatus status = camel.getRouteController().getRouteStatus(id);
    return status != null && status.isStarted();
  }
}
