package org.mqttintegration.signal;

import org.apache.camel.builder.RouteBuilder;
import org.mqttintegration.mqtt.PublishException;
import org.springframework.stereotype.Component;

/** How messages leave: published, then recorded. */
@Component
class PublishRoutes extends RouteBuilder {

  /** How many endpoints, one for each broker, are kept at hand. */
  private static final int ENDPOINTS = 100;

  private final Publishing publishing;

  PublishRoutes(Publishing publishing) {
    this.publishing = publishing;
  }

  @Override
  public void configure() {
    // whoever calls decides what a failure means
    errorHandler(noErrorHandler());

    from("direct:publish")
        .routeId("publish")
        .routeDescription("Publishes a message, and records it when the broker accepted it")
        .process(publishing::prepare)
        .doTry()
        // synchronous: the broker's answer comes on a thread of the connection, which must not
        // wait for the database
        .to("direct:publishToBroker?synchronous=true")
        .doCatch(PublishException.class)
        .process(publishing::refuse)
        .end()
        .process(publishing::record)
        .process(publishing::answer);

    from("direct:publishToBroker")
        .routeId("publishToBroker")
        .routeDescription(
            "Hands a message to the connection of its broker, and waits for the answer")
        .toD()
        .uri("${exchangeProperty." + Publishing.ENDPOINT + "}")
        .cacheSize(ENDPOINTS)
        .allowOptimisedComponents(false); // that would take the topic from the URI
  }
}
