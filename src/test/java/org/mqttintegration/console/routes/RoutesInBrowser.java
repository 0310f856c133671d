package org.mqttintegration.console.routes;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.mqttintegration.bridge.BridgeFixture;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.InBrowser;
import org.springframework.beans.factory.annotation.Autowired;

/** A browser, a broker of the test's own, and a file with a route for its messages. */
abstract class RoutesInBrowser extends InBrowser {

  @Autowired private BrokerService brokers;
  @Autowired private LocalBroker local;
  @Autowired private CamelContext camel;

  protected final String file = mark + ".camel.yaml";
  protected BridgeFixture bridge;

  @BeforeEach
  void open() throws Exception {
    bridge = new BridgeFixture(api, brokers, local, camel, mark);
  }

  @AfterEach
  void close() throws Exception {
    api.delete("/route-files/" + file);
    api.delete("/dead-letters?routeId=" + mark);
    api.delete("/positions/" + mark);
    bridge.close();
  }

  protected String route(String step) {
    return """
    - route:
        id: %1$s
        description: Readings of the plant as JSON
        from:
          uri: signal:receive
          parameters:
            broker: %1$s
            topic: %1$s/in
            durable: %1$s
          steps:
            - convertBodyTo:
                type: java.lang.String
            - %2$s:
                simple: '{"celsius": ${body}}'
            - setHeader:
                name: mqttTopic
                constant: %1$s/out
            - to:
                uri: signal:send
                parameters:
                  broker: %1$s
    """
        .formatted(mark, step);
  }

  protected void put(String text) {
    api.send("PUT", "/route-files/" + file, text, Map.of("Content-Type", "text/yaml")).expect(200);
  }
}
