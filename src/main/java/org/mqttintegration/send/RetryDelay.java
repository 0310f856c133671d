package org.mqttintegration.send;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The delay before the next attempt: doubled with each, up to the longest, with jitter. */
final class RetryDelay {

  private static final int LARGEST_SHIFT = 30;

  private final SendSettings settings;

  RetryDelay(SendSettings settings) {
    this.settings = settings;
  }

  /**
   * The delay; a random half of it is jitter, so that not all come back at once.
   *
   * @param attempts how many there were, from 1
   */
  Duration after(int attempts) {
    long doubled = settings.retryDelay().toMillis() << Math.min(attempts - 1, LARGEST_SHIFT);
    long delay = Math.min(settings.retryDelayMax().toMillis(), Math.max(1, doubled));
    return Duration.ofMillis(delay / 2 + ThreadLocalRandom.current().nextLong(delay / 2 + 1));
  }
}
