package org.mqttintegration.resource;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.jspecify.annotations.Nullable;

/** The routes of a resource: one for each operation of the contract, {@code openapi.yaml}. */
public abstract class ResourceRoutes extends RouteBuilder {

  private static final String BASE_PATH = "/api/v1";
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;
  private static final int NO_CONTENT = 204;

  /** Begins the route of an operation; what it throws becomes a problem (RFC 9457). */
  protected RouteDefinition operation(String operationId, String description) {
    return from("direct:" + operationId)
        .routeId(operationId)
        .routeDescription(description)
        .routeConfigurationId("rest");
  }

  /** Answers what a request without a body asks for. */
  protected void answer(RouteDefinition route, Function<Exchange, Object> work) {
    route.setBody(work).marshal().json();
  }

  /** Answers what a change of the record {@code id} made of it. */
  protected <R> void answer(
      RouteDefinition route, Class<R> request, BiFunction<Long, @Nullable R, Object> work) {
    route
        .unmarshal()
        .json(request)
        .setBody(exchange -> work.apply(id(exchange), body(exchange, request)))
        .marshal()
        .json();
  }

  /** Answers a new record: 201, with its Location. */
  protected <R, T> void created(
      RouteDefinition route,
      Class<R> request,
      Function<@Nullable R, T> work,
      Function<T, String> path) {
    route
        .unmarshal()
        .json(request)
        .process(
            exchange -> {
              T record = work.apply(body(exchange, request));
              exchange.getMessage().setBody(record);
              exchange.getMessage().setHeader("Location", BASE_PATH + path.apply(record));
            })
        .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(CREATED))
        .marshal()
        .json();
  }

  /** Answers what was begun: 202, with the Location that tells more. */
  protected <T> void accepted(
      RouteDefinition route, Function<Exchange, T> work, Function<T, String> path) {
    route
        .process(
            exchange -> {
              T begun = work.apply(exchange);
              exchange.getMessage().setBody(begun);
              exchange.getMessage().setHeader("Location", BASE_PATH + path.apply(begun));
            })
        .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(ACCEPTED))
        .marshal()
        .json();
  }

  /** Answers nothing but that it is done: 204. */
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

  private static <R> @Nullable R body(Exchange exchange, Class<R> type) {
    return exchange.getMessage().getBody(type);
  }
}
