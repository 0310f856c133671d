package org.mqttintegration.bridge;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.mqttintegration.broker.BrokerRequest;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.MqttTestClient;
import org.mqttintegration.testing.RestApi;

/** A broker with a subscription to {@code bridge/#}, a publisher, and routes that come and go. */
public final class BridgeFixture implements AutoCloseable {

  private final RestApi api;
  private final BrokerService brokers;
  private final CamelContext camel;
  private final List<String> routes = new ArrayList<>();
  private final MqttTestClient publisher;
  private final String broker;
  private final long brokerId;

  public BridgeFixture(
      RestApi api, BrokerService brokers, LocalBroker local, CamelContext camel, String name)
      throws Exception {
    this.api = api;
    this.brokers = brokers;
    this.camel = camel;
    this.broker = name;
    this.brokerId =
        brokers.create(BrokerRequest.of(name, null, local.host(), local.port(), null)).id();
    long subscription =
        api.create(
            "/subscriptions",
            "{\"brokerId\": %d, \"topic\": \"%s/#\", \"qos\": 1}".formatted(brokerId, name));
    api.post("/subscriptions/" + subscription + "/subscribe").expect(200);
    await()
        .until(
            () ->
                api.get("/subscriptions/" + subscription)
                    .json()
                    .get("subscriptionStatus")
                    .asText()
                    .equals("subscribed"));
    publisher = MqttTestClient.connect(local.uri());
  }

  public long brokerId() {
    return brokerId;
  }

  /** Adds a route; the same id again replaces it. */
  void route(RouteBuilder route) throws Exception {
    camel.addRoutes(route);
    route.getRoutes().getRoutes().forEach(r -> routes.add(r.getRouteId()));
  }

  void stop(String routeId) throws Exception {
    camel.getRouteController().stopRoute(routeId);
    camel.removeRoute(routeId);
  }

  public void publish(String topic, String payload) throws Exception {
    publisher.publish(broker + "/" + topic, payload, 1);
  }

  @Override
  public void close() throws Exception {
    for (String route : routes) {
      if (camel.getRoute(route) != null) {
        stop(route);
      }
    }
    publisher.close();
    brokers.delete(brokerId, true);
  }
}
