package org.mqttintegration.history;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.mqttintegration.access.Account;
import org.mqttintegration.resource.RequestParameters;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** The history over REST. */
@Component
class HistoryRoutes extends ResourceRoutes {

  private static final String CSV = "csv";

  private final HistoryQueries queries;
  private final HistoryExport export;
  private final Journeys journeys;
  private final Gaps gaps;

  HistoryRoutes(HistoryQueries queries, HistoryExport export, Journeys journeys, Gaps gaps) {
    this.queries = queries;
    this.export = export;
    this.journeys = journeys;
    this.gaps = gaps;
  }

  @Override
  public void configure() {
    answer(
        operation("listHistory", "Lists messages, newest first"),
        exchange -> queries.list(HistoryQuery.of(exchange)));
    answer(
        operation("countHistory", "Counts messages"),
        exchange -> queries.count(HistoryQuery.of(exchange)));
    answer(operation("getHistoryEntry", "Reads a message"), exchange -> queries.get(id(exchange)));
    answer(
        operation("getHistoryJourney", "Tells what became of a message"),
        exchange -> journeys.of(id(exchange)));
    operation("getHistoryPayload", "Gives the bytes of a message's payload").process(this::payload);
    operation("exportHistory", "Writes messages as lines, newest first").process(this::export);
    answer(
        operation("listGaps", "Lists when messages of any subscription may have been missed"),
        e -> gaps.list(GapQuery.of(e), RequestParameters.of(e).page(List.of("id"))));
  }

  /** Not held back by who answers, as JSON is: payloads are left out of the lines here. */
  private void export(Exchange exchange) {
    boolean csv = CSV.equals(RequestParameters.of(exchange).text("format"));
    HistoryQuery query = HistoryQuery.of(exchange);
    Account account = Account.current();
    boolean withPayloads = account != null && account.readsPayloads();
    Message message = exchange.getMessage();
    message.setBody(csv ? export.csv(query, withPayloads) : export.ndjson(query, withPayloads));
    message.setHeader(
        Exchange.CONTENT_TYPE,
        csv ? "text/csv;charset=UTF-8" : "application/x-ndjson;charset=UTF-8");
    message.setHeader(
        "Content-Disposition",
        "attachment; filename=\"history.%s\"".formatted(csv ? CSV : "ndjson"));
  }

  private void payload(Exchange exchange) {
    Message message = exchange.getMessage();
    long id = id(exchange);
    StoredPayload payload = queries.payload(id);
    payload.headers(id).forEach(message::setHeader);
    message.setBody(payload.bytes());
  }
}
