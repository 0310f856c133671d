package org.mqttintegration.resource;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.springframework.stereotype.Component;

/** Adds routes made from a route template while Camel runs, and removes them again. */
@Component
public class TemplatedRoutes {

  /** How long the exchanges of a route that goes may take to end. */
  private static final long STOP_SECONDS = 2;

  private final ModelCamelContext camel;

  /** Camel looks through all definitions when it adds one, and none may come or go meanwhile. */
  private final ReentrantLock definitions = new ReentrantLock();

  public TemplatedRoutes(CamelContext camel) {
    this.camel = (ModelCamelContext) camel;
  }

  /** Adds and starts a route. */
  public void add(String template, String routeId, Map<String, Object> parameters) {
    definitions.lock();
    try {
      TemplatedRouteBuilder.builder(camel, template).routeId(routeId).parameters(parameters).add();
    } finally {
      definitions.unlock();
    }
  }

  /** Stops and removes a route; what it does not end in two seconds goes on without it. */
  public void remove(String routeId) {
    try {
      camel.getRouteController().stopRoute(routeId, STOP_SECONDS, TimeUnit.SECONDS);
      removeStopped(routeId);
    } catch (Exception e) {
      throw new IllegalStateException("Route " + routeId + " was not removed", e);
    }
  }

  private void removeStopped(String routeId) throws Exception {
    definitions.lock();
    try {
      camel.removeRoute(routeId);
      RouteDefinition definition = camel.getRouteDefinition(routeId);
      if (definition != null) {
        camel.removeRouteDefinition(definition);
      }
    } finally {
      definitions.unlock();
    }
  }
}
