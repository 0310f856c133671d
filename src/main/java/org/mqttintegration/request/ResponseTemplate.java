package org.mqttintegration.request;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The route of the responses that a broker sends. */
@Component
class ResponseTemplate extends RouteBuilder {

  static final String ID = "responses";
  static final String URI = "endpointUri";
  static final String BROKER_ID = "brokerId";

  private final PendingRequests pending;

  ResponseTemplate(PendingRequests pending) {
    this.pending = pending;
  }

  @Override
  public void configure() {
    // a failure to record leaves the message unacknowledged, so that the broker sends it again
    routeTemplate(ID)
        .description("Records responses, and hands each to the request that waits for it")
        .templateParameter(URI)
        .templateParameter(BROKER_ID)
        .from("{{" + URI + "}}")
        .errorHandler(noErrorHandler()) // the consumer reports the failure
        .setProperty("brokerId")
        .constant("{{" + BROKER_ID + "}}", Long.class)
        .to("direct:recordReceived")
        .process(pending::arrived);
  }
}
