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
  private final ConnectionChecks checks;

  BrokerRoutes(BrokerService brokers, ConnectionChecks checks) {
    this.brokers = brokers;
    this.checks = checks;
  }

  @Override
  public void configure() {
    answer(operation("listBrokers", "Lists brokers"), this::list);
    created(
        operation("createBroker", "Stores a broker and connects to it"),
        BrokerRequest.class,
        brokers::create,
        broker -> "/brokers/" + broker.id());
    answer(operation("getBroker", "Reads a broker"), e -> brokers.get(id(e)));
    answer(operation("replaceBroker", "Replaces a broker"), BrokerRequest.class, brokers::replace);
    answer(operation("patchBroker", "Changes fields of a broker"), JsonNode.class, brokers::patch);
    deleted(
        operation("deleteBroker", "Deletes a broker and ends its connection"),
        e -> brokers.delete(id(e), RequestParameters.of(e).flag("cascade")));
    answer(
        operation("checkBrokerConnection", "Connects to a broker, step by step"),
        e -> brokers.check(id(e)));
    accepted(
        operation("startConnectionCheck", "Starts to connect to a broker, step by step"),
        e -> checks.start(id(e)),
        check -> "/brokers/%d/connection-checks/%s".formatted(check.brokerId(), check.id()));
    answer(
        operation("getConnectionCheck", "Tells how far a connection check is"),
        e -> checks.get(id(e), e.getMessage().getHeader("check", String.class)));
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
