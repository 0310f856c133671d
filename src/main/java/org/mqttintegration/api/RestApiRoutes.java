package org.mqttintegration.api;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Serves the contract: every operation of {@code openapi.yaml} by {@code direct:operationId}. */
@Component
class RestApiRoutes extends RouteBuilder {

  @Override
  public void configure() {
    restConfiguration()
        .component("platform-http")
        .clientRequestValidation(true)
        // bytes as they came: the default reads characters, and replaces what is not UTF-8
        .endpointProperty("useStreaming", "true");
    rest()
        .openApi()
        .specification("openapi.yaml")
        .missingOperation("fail")
        // no description: camel-rest hands it to the endpoint, which does not know it
        .routeId("rest-api");
  }
}
