package org.mqttintegration.send;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** How messages leave: accepted into the outbox, and from there published. */
@Component
class PublishRoutes extends RouteBuilder {

  /** Where one send is published. */
  static final String TO_BROKER = "direct:publishToBroker";

  /** An exchange property: the endpoint to publish to, made of nothing but the broker's id. */
  static final String ENDPOINT = "mqttPublishEndpoint";

  /** How many endpoints, one for each broker, are kept at hand. */
  private static final int ENDPOINTS = 100;

  private final Acceptance acceptance;

  PublishRoutes(Acceptance acceptance) {
    this.acceptance = acceptance;
  }

  @Override
  public void configure() {
    // whoever calls decides what a failure means
    errorHandler(noErrorHandler());

    from("direct:publish")
        .routeId("publish")
        .routeDescription("Accepts a message to send, and waits for its outcome if asked to")
        .process(acceptance::publish);

    from("direct:acceptSend")
        .routeId("acceptSend")
        .routeDescription("Accepts a message that a REST client sends")
        .process(acceptance::answer)
        .marshal()
        .json();

    from(TO_BROKER)
        .routeId("publishToBroker")
        .routeDescription("Hands a send to the connection of its broker, for its answer")
        .toD()
        .uri("${exchangeProperty." + ENDPOINT + "}")
        .cacheSize(ENDPOINTS)
        .allowOptimisedComponents(false); // that would take the topic from the URI
  }
}
