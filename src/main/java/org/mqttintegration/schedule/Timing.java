package org.mqttintegration.schedule;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The instants at which something fires, in whole milliseconds. */
sealed interface Timing permits Timing.Once, Timing.Interval, Cron {

  /** The first firing behind an instant, null when there is none. */
  @Nullable Instant after(Instant instant);

  /** At one instant. */
  record Once(Instant at) implements Timing {
    @Override
    public @Nullable Instant after(Instant instant) {
      return instant.isBefore(at) ? at : null;
    }
  }

  /**
   * In elapsed time, whatever clocks on walls do.
   *
   * @param first the first firing, from which all others are counted
   * @param every from one to the next, at least a millisecond
   */
  record Interval(Instant first, Duration every) implements Timing {
    @Override
    public Instant after(Instant instant) {
      if (instant.isBefore(first)) {
        return first;
      }
      long passed = Duration.between(first, instant).toMillis() / every.toMillis();
      return first.plusMillis((passed + 1) * every.toMillis());
    }
  }
}
