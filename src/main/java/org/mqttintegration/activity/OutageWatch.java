package org.mqttintegration.activity;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.activity.Outages.Outage;
import org.mqttintegration.resource.SqlState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps the outages that are stored as the connections are, again and again: what could not be
 * stored is stored later, and one that began before a restart goes on.
 */
@Component
class OutageWatch {

  private static final Logger LOG = LoggerFactory.getLogger(OutageWatch.class);

  private final Outages outages;
  private final Duration after;
  private final Map<Long, State> states = new HashMap<>();

  OutageWatch(Outages outages, ActivitySettings settings) {
    this.outages = outages;
    this.after = settings.outageAfter();
  }

  /**
   * How a connection is.
   *
   * @param reason why it is away, null when it is there
   */
  private record State(Instant since, @Nullable String reason) {}

  /** A broker's connection is away, and wanted. */
  synchronized void goesOn(long broker, String reason) {
    State before = states.get(broker);
    Instant since = before == null || before.reason() == null ? Instant.now() : before.since();
    states.put(broker, new State(since, reason));
  }

  /** A broker's connection is there. */
  synchronized void over(long broker) {
    states.put(broker, new State(Instant.now(), null));
  }

  /** Nobody wants it, or the application stops. */
  synchronized void unknown(long broker) {
    states.remove(broker);
  }

  @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
  void store() {
    try {
      Map<Long, State> now = states();
      Map<Long, Outage> stored = outages.all();
      now.forEach((broker, state) -> store(broker, state, stored.get(broker)));
      Instant before = Instant.now().minus(after);
      stored.values().stream()
          .filter(outage -> outage.activityId() == null && !outage.since().isAfter(before))
          .filter(outage -> isAway(now.get(outage.brokerId())))
          .forEach(outage -> outages.open(outage.brokerId()));
    } catch (RuntimeException e) {
      if (!SqlState.isAway(e)) {
        LOG.warn("outages not stored reason={}", e.getClass().getSimpleName());
      }
    }
  }

  private synchronized Map<Long, State> states() {
    return Map.copyOf(states);
  }

  private static boolean isAway(@Nullable State state) {
    return state != null && state.reason() != null;
  }

  private void store(long broker, State state, @Nullable Outage stored) {
    String reason = state.reason();
    if (reason != null && stored == null) {
      outages.begin(broker, state.since(), reason);
    } else if (reason == null && stored != null) {
      outages.end(broker, state.since());
    }
  }
}
