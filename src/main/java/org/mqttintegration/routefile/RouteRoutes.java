package org.mqttintegration.routefile;

import java.util.function.Function;
import org.apache.camel.Exchange;
import org.mqttintegration.resource.ResourceRoutes;
import org.mqttintegration.routefile.RouteFileRoutes.Items;
import org.springframework.stereotype.Component;

/** The operations on the routes of files over REST. */
@Component
class RouteRoutes extends ResourceRoutes {

  private final RouteViews routes;

  RouteRoutes(RouteViews routes) {
    this.routes = routes;
  }

  @Override
  public void configure() {
    answer(operation("listRoutes", "Lists the routes of files"), e -> new Items<>(routes.list()));
    answer(operation("startRoute", "Starts a route of a file"), of(routes::start));
    answer(operation("stopRoute", "Stops a route of a file"), of(routes::stop));
  }

  private static Function<Exchange, Object> of(Function<String, RouteView> work) {
    return exchange -> work.apply(exchange.getMessage().getHeader("route", "", String.class));
  }
}
