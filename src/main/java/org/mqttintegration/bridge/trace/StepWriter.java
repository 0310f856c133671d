package org.mqttintegration.bridge.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.SqlState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Writes steps in batches, on a thread of its own; it ends after the routes. */
@Component
class StepWriter implements SmartLifecycle, Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(StepWriter.class);
  private static final int BATCH = 1_000;
  private static final long PACE_MILLIS = 200;
  private static final long DATABASE_AGAIN_MILLIS = 1_000;
  private static final long NOTE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long STOP_MILLIS = 2_000;

  private final StepQueue queue;
  private final StepStore store;
  private final TraceSettings settings;
  private volatile boolean running;
  private volatile @Nullable Thread thread;
  private boolean failing;

  StepWriter(RouteTrace trace, StepStore store, TraceSettings settings) {
    this.queue = trace.queue();
    this.store = store;
    this.settings = settings;
  }

  @Override
  public void start() {
    if (settings.enabled()) {
      running = true;
      thread = new Thread(this, "route-trace");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public void run() {
    long last = System.nanoTime();
    long noted = last;
    try {
      while (running) {
        Thread.sleep(PACE_MILLIS);
        long now = System.nanoTime();
        queue.refill(now - last);
        last = now;
        writeAll();
        if (now - noted > NOTE_NANOS) {
          noted = now;
          note();
        }
      }
      writeAll();
      note();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeAll() throws InterruptedException {
    List<Step> batch;
    do {
      batch = queue.take(BATCH, 0);
      write(batch);
    } while (batch.size() == BATCH);
  }

  private void write(List<Step> batch) throws InterruptedException {
    List<Step> left = new ArrayList<>(batch);
    while (!left.isEmpty()) {
      try {
        store.write(left);
        failing = false;
        return;
      } catch (RuntimeException e) {
        warn(e);
        if (!SqlState.isAway(e) || !running) {
          left.forEach(step -> queue.leaveOut(step.of().routeId(), step.of().historyId()));
          return;
        }
        Thread.sleep(DATABASE_AGAIN_MILLIS);
      }
    }
  }

  private void note() {
    try {
      store.note(queue.takeLeftOut());
    } catch (RuntimeException e) {
      warn(e);
    }
  }

  /** At the start and now and then. A failure is logged, and the next time does what is left. */
  @Scheduled(initialDelay = 0, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
  void keep() {
    try {
      Instant now = Instant.now();
      store.keepSince(now.minus(settings.keep()), now);
    } catch (RuntimeException e) {
      warn(e);
    }
  }

  /** Once, while it goes on. */
  private void warn(RuntimeException failure) {
    if (!failing) {
      LOG.warn("route_trace=failing reason=\"{}\"", failure.getClass().getSimpleName());
      failing = true;
    }
  }

  @Override
  public void stop() {
    running = false;
    Thread writing = thread;
    if (writing != null) {
      try {
        writing.join(STOP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before Camel's, so that it stops behind it. */
  @Override
  public int getPhase() {
    return 0;
  }
}
