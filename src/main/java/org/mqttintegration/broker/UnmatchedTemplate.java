package org.mqttintegration.broker;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The route of what a broker sends and no subscription asked for. */
@Component
class UnmatchedTemplate extends RouteBuilder {

  static final String ID = "unmatched";
  static final String URI = "endpointUri";
  static final String BROKER_ID = "brokerId";

  @Override
  public void configure() {
    // a failure to record leaves the message unacknowledged, so that the broker sends it again
    routeTemplate(ID)
        .description("Records what a broker sends and no subscription asked for")
        .templateParameter(URI)
        .templateParameter(BROKER_ID)
        .from("{{" + URI + "}}")
        .errorHandler(noErrorHandler()) // the consumer reports the failure
        .setProperty("brokerId")
        .constant("{{" + BROKER_ID + "}}", Long.class)
        .to("direct:recordReceived");
  }
}
