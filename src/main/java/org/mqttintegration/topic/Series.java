package org.mqttintegration.topic;

import java.time.Instant;
import java.util.List;

/** What a field was over time: the contract's {@code HistorySeries}. */
record Series(
    long brokerId,
    String topic,
    String field,
    Instant from,
    Instant to,
    double columnSeconds,
    boolean sampled,
    long messages,
    long skipped,
    List<Column> columns) {

  /** An interval that has numbers. */
  record Column(Instant at, long count, double min, double max, double avg) {}
}
