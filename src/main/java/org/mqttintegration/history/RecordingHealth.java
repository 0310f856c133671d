package org.mqttintegration.history;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the database takes what is received. It is told by the one writer, and says so in the log
 * when that changes.
 */
@Component("recordingHealthIndicator") // "recording" in the answer
class RecordingHealth implements HealthIndicator {

  private static final Logger LOG = LoggerFactory.getLogger(RecordingHealth.class);

  /** A transaction that takes longer does so because the database is frozen, or as good as. */
  private static final Duration SLOW = Duration.ofSeconds(10);

  private final Backlog backlog;
  private volatile @Nullable Instant begun;
  private volatile @Nullable Away away;

  private record Away(Instant since, String reason) {}

  RecordingHealth(Backlog backlog) {
    this.backlog = backlog;
  }

  /** A transaction begins. */
  void begin() {
    begun = Instant.now();
  }

  /** It ended, with an answer of the database. */
  void answered() {
    begun = null;
    Away before = away;
    if (before != null) {
      away = null;
      LOG.warn(
          "history_write=recovered away_seconds={}",
          Duration.between(before.since(), Instant.now()).toSeconds());
    }
  }

  /** It ended without one, and will be tried again. */
  void away(Throwable failure) {
    Instant since = begun;
    begun = null;
    if (away == null) {
      String reason = WriteFailure.summary(failure);
      away = new Away(since == null ? Instant.now() : since, reason);
      LOG.warn(
          "history_write=waiting reason=\"{}\" messages stay unacknowledged until the database takes"
              + " them",
          reason);
    }
  }

  /** For how long the database has not taken what is received, in seconds; 0 while it does. */
  double awaySeconds() {
    Away now = awayNow();
    return now == null ? 0 : Duration.between(now.since(), Instant.now()).toMillis() / 1_000.0;
  }

  private @Nullable Away awayNow() {
    Away now = away;
    Instant since = begun;
    return now == null && since != null && since.plus(SLOW).isBefore(Instant.now())
        ? new Away(since, "no answer yet")
        : now;
  }

  @Override
  public Health health() {
    Away now = awayNow();
    Health.Builder health = now == null ? Health.up() : Health.down();
    if (now != null) {
      health.withDetail("since", now.since()).withDetail("reason", now.reason());
    }
    return health.withDetail("waiting", backlog.count()).build();
  }
}
