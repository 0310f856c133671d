package org.mqttintegration.resource;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.springframework.stereotype.Component;

/** Adds routes made from a route template while Camel runs, and removes them again. */
@Component
public class TemplatedRoutes {

  /** How long the exchanges of a route that goes may take to end. */
  private static final long STOP_SECONDS = 2;

  /** The parameter that holds a route's id; no template may have one of that name. */
  private static final String ROUTE_ID = "templatedRouteId";

  private final ModelCamelContext camel;

  /** Camel looks through all definitions when it adds one, and none may come or go meanwhile. */
  private final ReentrantLock definitions = new ReentrantLock();

  public TemplatedRoutes(CamelContext camel) {
    this.camel = (ModelCamelContext) camel;
    this.camel.addModelLifecycleStrategy(new Naming());
  }

  /**
   * Gives a route its id late. Before it adds one that has an id, Camel looks for the one to remove
   * through all that every route is made of, which takes longer with each route that is there.
   */
  private static final class Naming extends ModelLifecycleStrategySupport {
    @Override
    public void onAddRouteDefinition(RouteDefinition definition) {
      Map<String, Object> parameters = definition.getTemplateParameters();
      if (definition.getId() == null && parameters != null) {
        definition.setId((String) parameters.get(ROUTE_ID));
      }
    }
  }

  /** Adds and starts a route, in place of one with that id. Of one that fails, nothing stays. */
  public void add(String template, String routeId, Map<String, Object> parameters) {
    definitions.lock();
    try {
      if (camel.getRouteController().getRouteStatus(routeId) != null) {
        remove(routeId);
      }
      TemplatedRouteBuilder.builder(camel, template)
          .parameter(ROUTE_ID, routeId)
          .parameters(parameters)
          .add();
    } catch (RuntimeException e) {
      clear(routeId, e);
      throw e;
    } finally {
      definitions.unlock();
    }
  }

  /** Adds or removes routes that are no template's, while no other ones come or go. */
  public <T> T alone(Callable<T> change) throws Exception {
    definitions.lock();
    try {
      return change.call();
    } finally {
      definitions.unlock();
    }
  }

  private void clear(String routeId, RuntimeException failure) {
    try {
      remove(routeId);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
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

  /** Removes a route that is stopped, with its definition. */
  public void removeStopped(String routeId) throws Exception {
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
