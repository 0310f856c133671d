package org.mqttintegration.subscription;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Stores when brokers granted subscriptions. Those that come while others are written, as when a
 * broker with many is connected to, are written together.
 */
@Component
class GrantTimes {

  private final SubscriptionRepository repository;
  private final EventWrites writes;
  private final Map<Long, Instant> waiting = new LinkedHashMap<>();

  GrantTimes(SubscriptionRepository repository, EventWrites writes) {
    this.repository = repository;
    this.writes = writes;
  }

  /** Stores one soon. */
  void store(long id, Instant time) {
    boolean isFirst;
    synchronized (waiting) {
      isFirst = waiting.isEmpty();
      waiting.put(id, time);
    }
    if (isFirst) {
      writes.later(this::write);
    }
  }

  private void write() {
    Map<Long, Instant> granted = take();
    Long[] ids = granted.keySet().toArray(Long[]::new);
    String[] times = granted.values().stream().map(Instant::toString).toArray(String[]::new);
    repository.setUnlockedSubscriptionTimes(ids, times).forEach(granted::remove);
    granted.forEach(repository::setSubscriptionTime);
  }

  private Map<Long, Instant> take() {
    synchronized (waiting) {
      Map<Long, Instant> taken = new LinkedHashMap<>(waiting);
      waiting.clear();
      return taken;
    }
  }
}
