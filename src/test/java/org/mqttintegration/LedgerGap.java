package org.mqttintegration;

import static java.util.Comparator.naturalOrder;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.mqttintegration.testing.MqttRelay.Served;

/** A gap as the ledger tells it. */
record LedgerGap(Instant from, Instant to) {

  boolean touches(Instant begin, Instant end) {
    return !from.isAfter(end) && !to.isBefore(begin);
  }

  boolean covers(Served away) {
    return !from.isAfter(away.from()) && !to.isBefore(away.to());
  }

  boolean isHardlyWiderThan(List<Served> aways, Served databaseAway, Duration margin) {
    Stream<Served> catchingUp =
        Stream.of(databaseAway).filter(away -> touches(away.from(), away.to()));
    List<Served> all = Stream.concat(aways.stream(), catchingUp).toList();
    Instant begin = all.stream().map(Served::from).min(naturalOrder()).orElseThrow();
    Instant end = all.stream().map(Served::to).max(naturalOrder()).orElseThrow();
    return !from.isBefore(begin.minus(margin)) && !to.isAfter(end.plus(margin));
  }
}
