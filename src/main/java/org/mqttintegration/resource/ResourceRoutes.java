package org.mqttintegration.resource;

import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;

/** The routes of a resource: one for each operation of the contract, {@code openapi.yaml}. */
public abstract class ResourceRoutes extends RouteBuilder {

  private static final String BASE_PATH = "/api/v1";
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;

  /** Begins the route of an operation; what it throws becomes a problem (RFC 9457). */
  protected RouteDefinition operation(String operationId, String description) {
    return from("direct:" + operationId)
        .routeId(operationId)
        .routeDescription(description)
        .routeConfigurationId("rest");
  }

  /** Ends the route of an operation that made the body: 201, with its Location. */
  protected <T> void created(
      ProcessorDefinition<?> route, Class<T> type, Function<T, String> path) {
    route
        .setHeader("Location")
        .body(type, body -> BASE_PATH + path.apply(body))
        .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(CREATED))
        .marshal()
        .json();
  }

  /** Ends the route of an operation that answers nothing but that it is done: 204. */
  protected void deleted(RouteDefinition route, Consumer<Exchange> delete) {
    route
        .process(
            exchange -> {
              delete.accept(exchange);
              exchange.getMessage().setBody(null);
            })
        .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(NO_CONTENT));
  }

  /** The path parameter {@code id}. */
  protected static long id(Exchange exchange) {
    return RequestParameters.of(exchange).id();
  }

  /** The request as it was read from JSON, null when that is null. */
  protected static <T> @Nullable T body(Exchange exchange, Class<T> type) {
    return exchange.getMessage().getBody(type);
  }
}
