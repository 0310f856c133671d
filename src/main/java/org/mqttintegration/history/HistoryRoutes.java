package org.mqttintegration.history;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** The history over REST. */
@Component
class HistoryRoutes extends ResourceRoutes {

  private final HistoryQueries queries;
  private final Journeys journeys;

  HistoryRoutes(HistoryQueries queries, Journeys journeys) {
    this.queries = queries;
    this.journeys = journeys;
  }

  @Override
  public void configure() {
    answer(
        operation("listHistory", "Lists messages, newest first"),
        exchange -> queries.list(HistoryQuery.of(exchange)));
    answer(operation("getHistoryEntry", "Reads a message"), exchange -> queries.get(id(exchange)));
    answer(
        operation("getHistoryJourney", "Tells what became of a message"),
        exchange -> journeys.of(id(exchange)));
    operation("getHistoryPayload", "Gives the bytes of a message's payload").process(this::payload);
  }

  private void payload(Exchange exchange) {
    Message message = exchange.getMessage();
    long id = id(exchange);
    StoredPayload payload = queries.payload(id);
    payload.headers(id).forEach(message::setHeader);
    message.setBody(payload.bytes());
  }
}
