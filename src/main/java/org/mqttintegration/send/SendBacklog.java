package org.mqttintegration.send;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.send.SendStore.Waiting;
import org.springframework.stereotype.Component;

/** How many sends wait for each broker: counted as they come and go, and read once in a while. */
@Component
class SendBacklog {

  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

  private final int limit;
  private final Map<Long, AtomicLong> counts = new ConcurrentHashMap<>();
  private volatile Instant oldest = Instant.MAX;

  SendBacklog(SendSettings settings) {
    this.limit = settings.waitingLimit();
  }

  /** What the database has. */
  void set(List<Waiting> waiting) {
    counts.keySet().removeIf(id -> waiting.stream().noneMatch(w -> w.brokerId() == id));
    waiting.forEach(w -> count(w.brokerId()).set(w.count()));
    oldest = waiting.stream().map(Waiting::since).min(Instant::compareTo).orElse(Instant.MAX);
  }

  /**
   * Whether so many more may wait for a broker.
   *
   * @throws ProblemException when they may not
   */
  void checkRoom(long brokerId, int more) {
    if (of(brokerId) + more > limit) {
      throw new ProblemException(
              ProblemType.TOO_MANY_SENDS,
              "%,d sends wait for the broker, which is the limit."
                  .formatted(of(brokerId) + more - 1))
          .retryAfter(TRY_AGAIN);
    }
  }

  void entered(long brokerId) {
    count(brokerId).incrementAndGet();
  }

  void left(long brokerId) {
    count(brokerId).decrementAndGet();
  }

  long of(long brokerId) {
    AtomicLong count = counts.get(brokerId);
    return count == null ? 0 : count.get();
  }

  long total() {
    return counts.values().stream().mapToLong(AtomicLong::get).sum();
  }

  /** How long the oldest has waited, in seconds; 0 when none waits. */
  double oldestSeconds() {
    Instant since = oldest;
    return since.equals(Instant.MAX)
        ? 0
        : Math.max(0, Duration.between(since, Instant.now()).toMillis() / 1_000.0);
  }

  private AtomicLong count(long brokerId) {
    return counts.computeIfAbsent(brokerId, id -> new AtomicLong());
  }
}
