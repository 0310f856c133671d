package org.mqttintegration.broker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Checks of connections that somebody watches: their steps can be read while they go on. They are
 * kept in memory, for ten minutes.
 */
@Component
class ConnectionChecks {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionChecks.class);

  private static final int AT_ONCE = 16;
  private static final int MOST_KEPT = 1_000;
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final BrokerService brokers;
  private final Cache<String, WatchedCheck> checks =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterWrite(KEPT).build();
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          AT_ONCE,
          1,
          TimeUnit.MINUTES,
          new SynchronousQueue<>(),
          new CustomizableThreadFactory("connection-check-"));

  ConnectionChecks(BrokerService brokers) {
    this.brokers = brokers;
  }

  /**
   * Starts a check.
   *
   * @throws ProblemException when there is no such broker, or too many checks are going on
   */
  WatchedCheck.State start(long broker) {
    brokers.get(broker);
    WatchedCheck check = new WatchedCheck(UUID.randomUUID().toString(), broker);
    try {
      threads.execute(() -> run(check));
    } catch (RejectedExecutionException tooMany) {
      throw new ProblemException(
              ProblemType.TOO_MANY_REQUESTS, "%d checks are going on.".formatted(AT_ONCE))
          .retryAfter(Duration.ofSeconds(1));
    }
    checks.put(check.id(), check);
    return check.state();
  }

  private void run(WatchedCheck check) {
    try {
      check.ended(brokers.check(check.broker(), check::step));
    } catch (ProblemException gone) {
      check.failed(gone.detail());
    } catch (RuntimeException e) {
      LOG.error("connection_check=failed brokerId={}", check.broker(), e);
      check.failed("The check itself failed. The log has more.");
    }
  }

  /**
   * How far a check is.
   *
   * @throws ProblemException when that broker has no such check
   */
  WatchedCheck.State get(long broker, String id) {
    WatchedCheck check = checks.getIfPresent(id);
    if (check == null || check.broker() != broker) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "There is no such check, or it was ten minutes ago.");
    }
    return check.state();
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
