package org.mqttintegration.subscription;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Stores what events of connections say, in their order and on a thread of its own: others hear the
 * next event while this one waits for the database.
 */
@Component
class EventWrites implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(EventWrites.class);
  private static final long STOP_SECONDS = 2;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread created = new Thread(work, "event-writes");
            created.setDaemon(true);
            return created;
          });

  /** Writes later. What cannot be written is logged, and left to the next event of its kind. */
  void later(Runnable write) {
    try {
      thread.execute(() -> attempt(write));
    } catch (RejectedExecutionException e) {
      LOG.debug("event not stored, stopping", e);
    }
  }

  private static void attempt(Runnable write) {
    try {
      write.run();
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("event not stored reason={}", e.getClass().getSimpleName());
    }
  }

  @Override
  public void destroy() throws InterruptedException {
    thread.shutdown();
    if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
      thread.shutdownNow();
    }
  }
}
