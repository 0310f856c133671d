package org.mqttintegration.routefile.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.RoutePolicySupport;
import org.junit.jupiter.api.Test;
import org.mqttintegration.bridge.RouteFileRouteConfiguration;

class RouteTextTest {

  private static final String FILE =
      """
      - route:
          id: default
          from:
            uri: direct:default
            steps:
              - throwException:
                  exceptionType: java.lang.IllegalStateException
                  message: no
      - route:
          id: own
          routeConfigurationId: own
          from:
            uri: direct:own
            steps:
              - throwException:
                  exceptionType: java.lang.IllegalStateException
                  message: no
      """;

  @Test
  void given_a_route_without_configuration_when_it_fails_then_that_of_route_files_handles_it()
      throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      for (String id : List.of(RouteFileRouteConfiguration.ID, "own")) {
        camel.addRoutesConfigurations(configuration(id));
      }
      camel.start();

      new RouteText("a.camel.yaml", FILE).addTo(camel, new RoutePolicySupport() {});

      assertThat(handledBy(camel, "direct:default")).isEqualTo(RouteFileRouteConfiguration.ID);
      assertThat(handledBy(camel, "direct:own")).isEqualTo("own");
    }
  }

  private static RouteConfigurationBuilder configuration(String id) {
    return new RouteConfigurationBuilder() {
      @Override
      public void configuration() {
        routeConfiguration(id)
            .onException(Throwable.class)
            .handled(true)
            .process(e -> e.setProperty("handledBy", id));
      }
    };
  }

  private static String handledBy(DefaultCamelContext camel, String uri) {
    Exchange exchange = camel.createProducerTemplate().send(uri, e -> {});
    assertThat(exchange.getException()).isNull();
    return exchange.getProperty("handledBy", String.class);
  }
}
