package org.mqttintegration.console.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What is drawn as a row of the list. */
interface Line {

  /** As an id of HTML, the same whenever it is drawn. */
  String id();

  /**
   * Its place in time, in microseconds since 1970; the list goes from the greatest to the least.
   */
  long order();

  /** Whether it is a message; else it is a gap. */
  boolean message();

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
