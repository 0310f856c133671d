package org.mqttintegration.bridge;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.FeedPosition;

/**
 * Where the history ended when a route started: what comes from then on is the route's, although a
 * moment passes until its node has it.
 *
 * @param place null for a durable route, whose place is stored, and when it could not be had
 * @param nanos {@link System#nanoTime()} of the start
 */
record Beginning(@Nullable FeedPosition place, long nanos) {

  /** A route that another node had for longer goes on with what comes now. */
  private static final long RECENT_NANOS = Duration.ofSeconds(5).toNanos();

  static Beginning now(Receptions parts, @Nullable String durable) {
    long nanos = System.nanoTime();
    try {
      FeedPosition end = parts.feed().end();
      if (durable == null) {
        return new Beginning(end, nanos);
      }
      parts.positions().create(durable, end);
    } catch (RuntimeException e) {
      // the database is away: the reception waits for it, and says so
    }
    return new Beginning(null, nanos);
  }

  @Nullable FeedPosition placeIfRecent() {
    return System.nanoTime() - nanos < RECENT_NANOS ? place : null;
  }
}
