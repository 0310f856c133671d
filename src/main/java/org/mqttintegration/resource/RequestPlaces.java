package org.mqttintegration.resource;

import java.util.concurrent.Semaphore;
import org.springframework.boot.task.ThreadPoolTaskExecutorCustomizer;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.stereotype.Component;

/**
 * How many REST requests are worked on at once. Each has a thread, and one that waits for a broker
 * gives its place to another meanwhile: those that wait hold nobody up, and those that work do not
 * all want a connection to the database.
 */
@Component
public class RequestPlaces implements ThreadPoolTaskExecutorCustomizer {

  private static final int PLACES = 32;

  private final Semaphore places = new Semaphore(PLACES, true);
  private final ThreadLocal<Boolean> placed = ThreadLocal.withInitial(() -> false);

  /** The time without a place; closing it waits for one. */
  public interface Away extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * A request is worked on by a thread of its own, for the account that signed in on the server's.
   * A TaskDecorator of its own would be the scheduler's too.
   */
  @Override
  public void customize(ThreadPoolTaskExecutor requests) {
    requests.setTaskDecorator(request -> new DelegatingSecurityContextRunnable(decorate(request)));
  }

  /** A request that waits for a place before it begins. */
  Runnable decorate(Runnable request) {
    return () -> {
      take();
      try {
        request.run();
      } finally {
        leave();
      }
    };
  }

  /** Leaves the place of the request that this thread serves; nothing where it serves none. */
  public Away away() {
    if (!placed.get()) {
      return () -> {};
    }
    leave();
    return this::take;
  }

  private void take() {
    places.acquireUninterruptibly();
    placed.set(true);
  }

  private void leave() {
    placed.remove();
    places.release();
  }
}
