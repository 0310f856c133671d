package org.mqttintegration.console.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the application counted since it started. */
final class Counts {

  private Counts() {}

  /** The sum of all counters of a name, whatever their tags. */
  static long of(MeterRegistry meters, String name) {
    return (long) meters.find(name).counters().stream().mapToDouble(Counter::count).sum();
  }
}
