package org.mqttintegration.send;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** The one thread that all sending is done on; it waits for nothing but the database. */
@Component
class OutboxThread {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxThread.class);

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, new CustomizableThreadFactory("outbox-"));
  private boolean databaseAway;

  OutboxThread() {
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Does something, behind what was asked for before; nothing once it was stopped. */
  void run(Runnable task) {
    try {
      thread.execute(() -> tryTo(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("outbox has stopped", e);
    }
  }

  /** Does something later. */
  void runAfter(Duration delay, Runnable task) {
    try {
      thread.schedule(() -> tryTo(task), Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("outbox has stopped", e);
    }
  }

  /** Does something again and again. */
  void runEvery(Duration interval, Runnable task) {
    thread.scheduleWithFixedDelay(
        () -> tryTo(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Does something that needs the database, on this thread.
   *
   * @return whether it worked; the first time that it does not is logged
   */
  boolean withDatabase(Runnable task) {
    try {
      task.run();
      databaseAway = false;
      return true;
    } catch (RuntimeException e) {
      if (!databaseAway) {
        LOG.warn("outbox=waiting reason=\"{}\"", e.getClass().getSimpleName());
        databaseAway = true;
      }
      return false;
    }
  }

  /** Does what was asked for, and nothing more. */
  void stop() throws InterruptedException {
    thread.shutdown();
    thread.awaitTermination(1, TimeUnit.SECONDS);
  }

  private static void tryTo(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("outbox=failed", e);
    }
  }
}
