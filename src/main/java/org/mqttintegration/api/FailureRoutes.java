package org.mqttintegration.api;

import org.apache.camel.builder.RouteConfigurationBuilder;
import org.springframework.stereotype.Component;

/** What every route that serves an operation shares: a failure is answered with a problem. */
@Component
class FailureRoutes extends RouteConfigurationBuilder {

  private final FailureAnswer answer;

  FailureRoutes(FailureAnswer answer) {
    this.answer = answer;
  }

  @Override
  public void configuration() {
    routeConfiguration("rest").onException(Throwable.class).handled(true).process(answer);
  }
}
