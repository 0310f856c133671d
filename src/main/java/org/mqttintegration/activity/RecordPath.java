package org.mqttintegration.activity;

import org.apache.camel.Exchange;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.stereotype.Component;

/** The record that the path of a request names: {@code /brokers/7/thread}. */
@Component
class RecordPath {

  private final KnownRecords records;

  RecordPath(KnownRecords records) {
    this.records = records;
  }

  /**
   * The record.
   *
   * @throws ProblemException when there is none
   */
  RecordRef record(Exchange exchange) {
    String path = exchange.getMessage().getHeader("records", String.class);
    String id = exchange.getMessage().getHeader("record", String.class);
    RecordKind kind =
        RecordKind.ofPath(path)
            .orElseThrow(
                () -> new ProblemException(ProblemType.NOT_FOUND, "There is no such path."));
    return records.get(kind, id == null ? "" : id);
  }
}
