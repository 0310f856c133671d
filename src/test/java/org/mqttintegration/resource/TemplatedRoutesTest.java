package org.mqttintegration.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
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
