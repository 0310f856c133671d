package org.mqttintegration.access;

import java.time.Duration;

/** Limits of requests without an application. */
public final class RateLimitsOfTests {

  private RateLimitsOfTests() {}

  /** So many at once, and then one a second. */
  public static RateLimits of(int burst) {
    return of(new AccessSettings.RateLimit(true, 1, burst));
  }

  public static RateLimits of(AccessSettings.RateLimit limit) {
    return new RateLimits(
        new AccessSettings(null, false, Duration.ofDays(1), Duration.ofDays(1), limit));
  }
}
