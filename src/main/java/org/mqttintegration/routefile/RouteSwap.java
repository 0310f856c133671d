package org.mqttintegration.routefile;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.EndpointRegistry;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.TemplatedRoutes;
import org.mqttintegration.routefile.check.RouteFileContent;
import org.mqttintegration.routefile.check.RouteText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Puts the routes of a file in the place of its old ones, and touches no others. */
@Component
class RouteSwap {

  private static final Logger LOG = LoggerFactory.getLogger(RouteSwap.class);

  /** How long the exchanges of a route that goes may take to end. */
  private static final long STOP_SECONDS = 5;

  private final ModelCamelContext camel;
  private final TemplatedRoutes routes;
  private final RouteStatistics statistics = new RouteStatistics();

  RouteSwap(CamelContext camel, TemplatedRoutes routes) {
    this.camel = (ModelCamelContext) camel;
    this.routes = routes;
  }

  /**
   * Stops the old routes and starts the new ones; when these do not start, the old ones again.
   *
   * @param old what runs of the file, null when nothing does
   * @param others the endpoints that other files name
   * @throws Exception why the new ones do not start
   */
  LoadedFile swap(
      @Nullable LoadedFile old, RouteText file, RouteFileContent content, Set<String> others)
      throws Exception {
    if (old != null) {
      remove(old, others);
    }
    try {
      return add(file, content);
    } catch (Exception e) {
      if (old != null) {
        restore(old);
      }
      throw e;
    }
  }

  /** What the routes of all files did. */
  RouteStatistics statistics() {
    return statistics;
  }

  private void restore(LoadedFile old) {
    try {
      add(old.file(), old.content());
    } catch (Exception e) {
      LOG.error("route file stopped file={} reason={}", old.file().name(), Failure.sentence(e));
    }
  }

  private LoadedFile add(RouteText file, RouteFileContent content) throws Exception {
    return routes.alone(
        () -> {
          Set<String> before = routeIds();
          Set<String> templatesBefore = templateIds();
          Set<String> endpointsBefore = endpoints();
          try {
            file.addTo(camel, statistics);
          } catch (Exception e) {
            stop(others(routeIds(), before));
            discard(others(routeIds(), before), others(templateIds(), templatesBefore));
            throw e;
          }
          return new LoadedFile(
              file,
              content,
              others(routeIds(), before),
              others(templateIds(), templatesBefore),
              others(endpoints(), endpointsBefore),
              Instant.now().truncatedTo(ChronoUnit.MICROS),
              0);
        });
  }

  private Set<String> routeIds() {
    Set<String> ids = new HashSet<>();
    camel.getRouteDefinitions().forEach(route -> ids.add(route.getRouteId()));
    return ids;
  }

  private Set<String> templateIds() {
    Set<String> ids = new HashSet<>();
    camel.getRouteTemplateDefinitions().forEach(template -> ids.add(template.getId()));
    return ids;
  }

  private Set<String> endpoints() {
    return new HashSet<>(camel.getEndpointRegistry().getReadOnlyMap().keySet());
  }

  private static List<String> others(Set<String> all, Set<String> known) {
    return all.stream().filter(id -> !known.contains(id)).sorted().toList();
  }

  /** Stops and removes what runs of a file, with its endpoints and their clients. */
  void remove(LoadedFile old, Set<String> others) throws Exception {
    stop(old.routeIds());
    routes.alone(
        () -> {
          discard(old.routeIds(), old.templateIds());
          return old;
        });
    EndpointRegistry registry = camel.getEndpointRegistry();
    Set<String> named = old.content().endpoints();
    removeEndpoints(
        uri ->
            old.endpoints().contains(uri)
                && named.contains(RouteFileContent.named(uri))
                && !others.contains(RouteFileContent.named(uri)));
    removeEndpoints(
        uri ->
            registry.isDynamic(uri) && old.content().computed().stream().anyMatch(uri::startsWith));
  }

  private void stop(List<String> ids) {
    for (String id : ids) {
      try {
        camel.getRouteController().stopRoute(id, STOP_SECONDS, TimeUnit.SECONDS);
      } catch (Exception e) {
        LOG.warn("route not stopped in order route={} reason={}", id, Failure.sentence(e));
      }
    }
  }

  private void discard(List<String> routeIds, List<String> templateIds) throws Exception {
    for (String id : routeIds) {
      routes.removeStopped(id);
    }
    for (String id : templateIds) {
      RouteTemplateDefinition template = camel.getRouteTemplateDefinition(id);
      if (template != null) {
        camel.removeRouteTemplateDefinition(template);
      }
    }
  }

  /**
   * Removes endpoints, with their clients: Camel keeps those that messages made, and some others.
   * One that another route still sends to comes back with its next message.
   */
  private void removeEndpoints(Predicate<String> which) {
    List<Endpoint> gone = new ArrayList<>();
    camel
        .getEndpointRegistry()
        .getReadOnlyMap()
        .forEach(
            (uri, endpoint) -> {
              if (which.test(uri)) {
                gone.add(endpoint);
              }
            });
    for (Endpoint endpoint : gone) {
      try {
        camel.removeEndpoint(endpoint);
      } catch (Exception e) {
        LOG.warn("endpoint not removed reason={}", Failure.sentence(e));
      }
    }
  }
}
