package org.mqttintegration.activity;

import java.time.Instant;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.RequestParameters;

/**
 * Which entries to list. What is null is not asked for.
 *
 * @param actor of this user
 * @param recordKind of records of this kind
 * @param recordId of the record with this id
 * @param kind of this kind
 * @param event that tell of this
 * @param field that tell of a change of this field
 * @param since that happened then or later
 * @param until that happened before
 * @param limit how many at most
 * @param before with a smaller id
 */
record AuditQuery(
    @Nullable String actor,
    @Nullable RecordKind recordKind,
    @Nullable String recordId,
    @Nullable EntryKind kind,
    @Nullable String event,
    @Nullable String field,
    @Nullable Instant since,
    @Nullable Instant until,
    int limit,
    @Nullable Long before) {

  /**
   * Reads the query parameters of a request.
   *
   * @throws ProblemException invalid, naming the parameter
   */
  static AuditQuery of(Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    return new AuditQuery(
        parameters.text("actor"),
        parameters.choice("recordKind", RecordKind.class),
        parameters.text("recordId"),
        parameters.choice("kind", EntryKind.class),
        parameters.text("event"),
        parameters.text("field"),
        parameters.instant("since"),
        parameters.instant("until"),
        parameters.limit(),
        cursor(parameters));
  }

  /** Where the page before ended. */
  static @Nullable Long cursor(RequestParameters parameters) {
    String cursor = parameters.text("cursor");
    if (cursor == null) {
      return null;
    }
    return RecordDirectory.number(cursor)
        .orElseThrow(
            () -> ProblemException.invalid("cursor", "This is no nextCursor of an earlier page."));
  }

  /** The thread of a record. */
  static AuditQuery thread(RecordRef record, Exchange exchange) {
    RequestParameters parameters = RequestParameters.of(exchange);
    return new AuditQuery(
        null,
        record.kind(),
        record.id(),
        parameters.choice("kind", EntryKind.class),
        null,
        null,
        null,
        null,
        parameters.limit(),
        cursor(parameters));
  }

  /** The same, as many as a page has at most, behind an entry. */
  AuditQuery next(@Nullable Long entry) {
    return new AuditQuery(
        actor,
        recordKind,
        recordId,
        kind,
        event,
        field,
        since,
        until,
        RequestParameters.MAX_LIMIT,
        entry);
  }
}
