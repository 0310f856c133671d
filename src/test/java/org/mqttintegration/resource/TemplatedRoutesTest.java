package org.mqttintegration.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.junit.jupiter.api.Test;

class TemplatedRoutesTest {

  private static final int CALLERS = 16;
  private static final int ROUTES = 48;
  private static final int STEPS = 8;

  @Test
  void given_many_callers_when_routes_are_added_and_removed_at_once_then_none_is_disturbed()
      throws Exception {
    try (CamelContext camel = new DefaultCamelContext()) {
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              ProcessorDefinition<?> steps =
                  routeTemplate("tested").templateParameter("name").from("direct:{{name}}");
              for (int i = 0; i < STEPS; i++) { // a long look makes a clash likely
                steps = steps.setProperty("step", constant(i));
              }
            }
          });
      camel.start();
      TemplatedRoutes routes = new TemplatedRoutes(camel);

      List<CompletableFuture<Void>> callers =
          IntStream.range(0, CALLERS)
              .mapToObj(
                  caller ->
                      CompletableFuture.runAsync(
                          () -> change(routes, caller), work -> new Thread(work).start()))
              .toList();
      callers.forEach(CompletableFuture::join);

      assertThat(camel.getRoutes()).hasSize(CALLERS * ROUTES * 7 / 8);
    }
  }

  @Test
  void given_a_route_that_failed_when_it_is_added_again_then_it_is_there_once() throws Exception {
    try (ModelCamelContext camel = started()) {
      TemplatedRoutes routes = new TemplatedRoutes(camel);
      routes.add("any", "first", Map.of("uri", "direct:taken"));

      assertThatThrownBy(() -> routes.add("any", "second", Map.of("uri", "direct:taken")))
          .hasMessageContaining("Multiple consumers");
      assertThatThrownBy(() -> routes.add("any", "second", Map.of("uri", "nosuch:component")))
          .hasMessageContaining("nosuch");
      assertThat(camel.getRoutes()).extracting(Route::getRouteId).containsExactly("first");
      assertThat(camel.getRouteDefinitions()).hasSize(1);

      routes.add("any", "second", Map.of("uri", "direct:free"));
      routes.add("any", "second", Map.of("uri", "direct:other"));
      assertThat(camel.getRoutes())
          .extracting(Route::getRouteId)
          .containsExactly("first", "second");
      assertThat(camel.getRoute("second").getEndpoint().getEndpointUri())
          .isEqualTo("direct://other");
      assertThat(camel.getRouteDefinitions()).hasSize(2);
    }
  }

  @Test
  void given_a_route_when_others_are_added_then_camel_does_not_look_through_it() throws Exception {
    try (ModelCamelContext camel = started()) {
      AtomicInteger looks = new AtomicInteger();
      camel.addComponent("watched", watched(looks));
      TemplatedRoutes routes = new TemplatedRoutes(camel);
      routes.add("any", "watched", Map.of("uri", "watched:it"));
      looks.set(0);
      routes.add("any", "other", Map.of("uri", "direct:other"));
      assertThat(looks).hasValue(0);
    }
  }

  private static ModelCamelContext started() throws Exception {
    ModelCamelContext camel = new DefaultCamelContext();
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            routeTemplate("any").templateParameter("uri").from("{{uri}}").to("direct:end");
          }
        });
    camel.start();
    return camel;
  }

  /** Counts how often the endpoint of its consumer is asked for. */
  private static Component watched(AtomicInteger looks) {
    return new DefaultComponent() {
      @Override
      protected Endpoint createEndpoint(String uri, String path, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
          @Override
          public Producer createProducer() {
            throw new UnsupportedOperationException();
          }

          @Override
          public Consumer createConsumer(Processor processor) {
            return new DefaultConsumer(this, processor) {
              @Override
              public Endpoint getEndpoint() {
                looks.incrementAndGet();
                return super.getEndpoint();
              }
            };
          }
        };
      }
    };
  }

  /** Adds its routes, and removes every other one. */
  private static void change(TemplatedRoutes routes, int caller) {
    for (int i = 0; i < ROUTES; i++) {
      String id = "route-%d-%d".formatted(caller, i);
      routes.add("tested", id, Map.of("name", id));
      if (i % 8 == 7) {
        routes.remove(id);
      }
    }
  }
}
