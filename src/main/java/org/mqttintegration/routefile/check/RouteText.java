package org.mqttintegration.routefile.check;

import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.mqttintegration.bridge.RouteFileRouteConfiguration;

/**
 * A file's name and what it says.
 *
 * @param name the file's name, without a folder
 * @param text its content
 */
public record RouteText(String name, String text) {

  public static final String ROUTES = ".camel.yaml";
  public static final String KAMELET = ".kamelet.yaml";

  public boolean isKamelet() {
    return name.endsWith(KAMELET);
  }

  /** The name without its ending. */
  public String stem() {
    return name.substring(0, name.length() - (isKamelet() ? KAMELET : ROUTES).length());
  }

  /**
   * Adds the routes to a Camel context, which starts them if it runs.
   *
   * @param policy what sees their exchanges
   */
  public void addTo(CamelContext camel, RoutePolicy policy) throws Exception {
    // Camel takes what follows the first dot for the kind of file
    String location = stem().replace('.', '-') + (isKamelet() ? KAMELET : ROUTES);
    Resource resource = ResourceHelper.fromString(location, text);
    Collection<RoutesBuilder> builders =
        PluginHelper.getRoutesLoader(camel).findRoutesBuilders(List.of(resource));
    for (RoutesBuilder builder : builders) {
      if (builder instanceof RouteBuilder routes) {
        routes.addLifecycleInterceptor(new Defaults(policy));
      }
      camel.addRoutes(builder);
      if (builder instanceof RouteBuilder routes) {
        routes.addTemplatedRoutesToCamelContext(camel);
      }
    }
  }

  /** What holds where a file says nothing else. */
  private record Defaults(RoutePolicy policy) implements RouteBuilderLifecycleStrategy {
    @Override
    public void afterConfigure(RouteBuilder builder) {
      for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
        if (set(route)) {
          route.markUnprepared(); // Camel has prepared it before this, without the configuration
          builder.getRouteCollection().prepareRoute(route);
        }
      }
      for (RouteTemplateDefinition template :
          builder.getRouteTemplateCollection().getRouteTemplates()) {
        set(template.getRoute());
      }
    }

    /** Whether the configuration is another one now. */
    private boolean set(RouteDefinition route) {
      route.routePolicy(policy);
      if (route.getRouteConfigurationId() != null) {
        return false;
      }
      route.setRouteConfigurationId(RouteFileRouteConfiguration.ID);
      return true;
    }
  }
}
