package org.mqttintegration.routefile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** One file with routes in Camel's YAML DSL. */
final class RouteFile {

  private final Path path;

  RouteFile(Path path) {
    this.path = path;
  }

  /**
   * Starts all routes of the file, or none.
   *
   * @return the routes' ids
   * @throws RouteFileException when the file cannot be read, a route has no id or one that is
   *     taken, or does not start
   */
  List<String> start(CamelContext camel) throws RouteFileException {
    List<String> ids = ids();
    for (String id : ids) {
      if (camel.getRoute(id) != null) {
        throw new RouteFileException("The route id %s is taken by another route.".formatted(id));
      }
    }
    try {
      load(camel);
      return ids;
    } catch (Exception e) {
      remove((ModelCamelContext) camel, ids);
      throw new RouteFileException(e);
    }
  }

  /**
   * Reads the file apart from what runs, since Camel replaces a route by another one with its id
   * without a word.
   */
  private List<String> ids() throws RouteFileException {
    try (DefaultCamelContext scratch = new DefaultCamelContext()) {
      load(scratch);
      List<String> ids = new ArrayList<>();
      for (RouteDefinition route : scratch.getRouteDefinitions()) {
        if (!route.hasCustomIdAssigned()) {
          throw new RouteFileException(
              "Each route needs an id: the one from %s has none."
                  .formatted(route.getInput().getEndpointUri()));
        }
        ids.add(route.getRouteId());
      }
      return ids;
    } catch (RouteFileException e) {
      throw e;
    } catch (Exception e) {
      throw new RouteFileException(e);
    }
  }

  private void load(CamelContext into) throws Exception {
    Resource resource =
        PluginHelper.getResourceLoader(into).resolveResource("file:" + path.toAbsolutePath());
    PluginHelper.getRoutesLoader(into).loadRoutes(resource);
  }

  private static void remove(ModelCamelContext camel, List<String> ids) {
    for (String id : ids) {
      try {
        if (camel.getRoute(id) != null) {
          camel.getRouteController().stopRoute(id);
          camel.removeRoute(id);
        }
        RouteDefinition definition = camel.getRouteDefinition(id);
        if (definition != null) {
          camel.removeRouteDefinition(definition);
        }
      } catch (Exception e) {
        throw new IllegalStateException("Route " + id + " was not removed", e);
      }
    }
  }
}
