package org.mqttintegration.history;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The history over REST. */
@Component
class HistoryRoutes extends RouteBuilder {

  private static final String REST = "rest";

  private final HistoryQueries queries;

  HistoryRoutes(HistoryQueries queries) {
    this.queries = queries;
  }

  @Override
  public void configure() {
    from("direct:listHistory")
        .routeId("listHistory")
        .routeDescription("GET /history")
        .routeConfigurationId(REST)
        .process(this::list)
        .marshal()
        .json();

    from("direct:getHistoryEntry")
        .routeId("getHistoryEntry")
        .routeDescription("GET /history/{id}")
        .routeConfigurationId(REST)
        .process(this::get)
        .marshal()
        .json();

    from("direct:getHistoryPayload")
        .routeId("getHistoryPayload")
        .routeDescription("GET /history/{id}/payload")
        .routeConfigurationId(REST)
        .process(this::payload);
  }

  private void list(Exchange exchange) {
    Message message = exchange.getMessage();
    message.setBody(queries.list(HistoryQuery.of(message)));
  }

  private void get(Exchange exchange) {
    Message message = exchange.getMessage();
    message.setBody(queries.get(HistoryQuery.id(message)));
  }

  private void payload(Exchange exchange) {
    Message message = exchange.getMessage();
    long id = HistoryQuery.id(message);
    StoredPayload payload = queries.payload(id);
    payload.headers(id).forEach(message::setHeader);
    message.setBody(payload.bytes());
  }
}
