package org.mqttintegration.subscription;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The route of a subscription. */
@Component
class SubscriptionTemplate extends RouteBuilder {

  static final String ID = "subscription";
  static final String URI = "endpointUri";
  static final String BROKER_ID = "brokerId";
  static final String SUBSCRIPTION_ID = "subscriptionId";

  @Override
  public void configure() {
    // a failure to record leaves the message unacknowledged, so that the broker sends it again
    routeTemplate(ID)
        .description("Records what a broker sends for a subscription")
        .templateParameter(URI)
        .templateParameter(BROKER_ID)
        .templateParameter(SUBSCRIPTION_ID)
        .from("{{" + URI + "}}")
        .errorHandler(noErrorHandler()) // the consumer reports the failure
        .setProperty("brokerId")
        .constant("{{" + BROKER_ID + "}}", Long.class)
        .setProperty("subscriptionId")
        .constant("{{" + SUBSCRIPTION_ID + "}}", Long.class)
        .to("direct:recordReceived");
  }
}
