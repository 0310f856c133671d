package org.mqttintegration.resource;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/** The routes of a resource: one for each operation of the contract, {@code openapi.yaml}. */
public abstract class ResourceRoutes extends RouteBuilder {

  /** Begins the route of an operation; what it throws becomes a problem (RFC 9457). */
  protected RouteDefinition operation(String operationId, String description) {
    return from("direct:" + operationId)
        .routeId(operationId)
        .routeDescription(description)
        .routeConfigurationId("rest");
  }

  /** The path parameter {@code id}. */
  protected static long id(Exchange exchange) {
    return RequestParameters.of(exchange).id();
  }
}
