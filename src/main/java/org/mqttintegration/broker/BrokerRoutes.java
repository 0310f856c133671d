package org.mqttintegration.broker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.camel.Exchange;
import org.mqttintegration.resource.ItemPage;
import org.mqttintegration.resource.RequestParameters;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** The operations on brokers over REST. */
@Component
class BrokerRoutes extends ResourceRoutes {

  private static final List<String> SORTABLE =
      List.of(
          "name",
          "id",
          "urlScheme",
          "host",
          "port",
          "clientId",
          "username",
          "connectionStatus",
          "connectionCheckedAt");

  private final BrokerService brokers;

  BrokerRoutes(BrokerService brokers) {
    this.brokers = brokers;
  }

  @Override
  public void configure() {
    operation("listBrokers", "Lists brokers").setBody(this::list).marshal().json();

    created(
        operation("createBroker", "Stores a broker and connects to it")
            .unmarshal()
            .json(BrokerRequest.class)
            .setBody(e -> brokers.create(body(e, BrokerRequest.class))),
        Broker.class,
        broker -> "/brokers/" + broker.id());

    operation("getBroker", "Reads a broker").setBody(e -> brokers.get(id(e))).marshal().json();

    operation("replaceBroker", "Replaces a broker")
        .unmarshal()
        .json(BrokerRequest.class)
        .setBody(e -> brokers.replace(id(e), body(e, BrokerRequest.class)))
        .marshal()
        .json();

    operation("patchBroker", "Changes fields of a broker")
        .unmarshal()
        .json(JsonNode.class)
        .setBody(e -> brokers.patch(id(e), body(e, JsonNode.class)))
        .marshal()
        .json();

    deleted(
        operation("deleteBroker", "Deletes a broker and ends its connection"),
        e -> brokers.delete(id(e), RequestParameters.of(e).flag("cascade")));

    operation("checkBrokerConnection", "Connects to a broker, step by step")
        .setBody(e -> brokers.check(id(e)))
        .marshal()
        .json();
  }

  private ItemPage<Broker> list(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    BrokerFilter filter =
        new BrokerFilter(
            parameters.text("name"),
            parameters.choice("urlScheme", UrlScheme.class),
            parameters.text("host"),
            parameters.choice("connectionStatus", CheckStatus.class));
    return brokers.list(filter, parameters.page(SORTABLE));
  }
}
