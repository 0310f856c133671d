package org.mqttintegration.activity;

import java.io.InputStream;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.mqttintegration.resource.RequestParameters;
import org.mqttintegration.resource.RequestValidator;
import org.mqttintegration.resource.ResourceRoutes;
import org.springframework.stereotype.Component;

/** The threads of records and the audit across all of them over REST. */
@Component
class ThreadRoutes extends ResourceRoutes {

  private static final String CSV = "csv";

  private final RecordPath path;
  private final AuditQueries queries;
  private final AuditExport export;
  private final Notes notes;
  private final RequestValidator validator;

  ThreadRoutes(
      RecordPath path,
      AuditQueries queries,
      AuditExport export,
      Notes notes,
      RequestValidator validator) {
    this.path = path;
    this.queries = queries;
    this.export = export;
    this.notes = notes;
    this.validator = validator;
  }

  @Override
  public void configure() {
    answer(
        operation("listThread", "Lists a record's thread, newest first"),
        e -> queries.list(AuditQuery.thread(path.record(e), e)));
    operation("addNote", "Adds a note to a record's thread")
        .unmarshal()
        .json(NoteRequest.class)
        .setBody(this::note)
        .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(201))
        .marshal()
        .json();
    answer(
        operation("listAudit", "Lists what happened to all records, newest first"),
        e -> queries.list(AuditQuery.of(e)));
    operation("exportAudit", "Writes what happened to all records as lines").process(this::export);
  }

  private AuditEntry note(Exchange exchange) {
    NoteRequest request = validator.check(exchange.getMessage().getBody(NoteRequest.class));
    return notes.add(path.record(exchange), Objects.requireNonNull(request.text()));
  }

  private void export(Exchange exchange) {
    boolean csv = CSV.equals(RequestParameters.of(exchange).text("format"));
    AuditQuery query = AuditQuery.of(exchange);
    InputStream lines = csv ? export.csv(query) : export.ndjson(query);
    exchange.getMessage().setBody(lines);
    exchange
        .getMessage()
        .setHeader(
            Exchange.CONTENT_TYPE,
            csv ? "text/csv;charset=UTF-8" : "application/x-ndjson;charset=UTF-8");
  }
}
