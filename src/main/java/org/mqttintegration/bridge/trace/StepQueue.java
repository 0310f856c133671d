package org.mqttintegration.bridge.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Steps on their way into the database, and a note of whose were left out. Whoever adds one never
 * waits.
 */
final class StepQueue {

  /** A plant that is quiet for long may do that many seconds' steps at once. */
  private static final long BURST_SECONDS = 20;

  private final BlockingQueue<Step> steps;
  private final long perSecond;
  private final AtomicLong budget;
  private final Map<String, LeftOut> leftOut = new HashMap<>();

  /**
   * @param capacity how many may wait
   * @param perSecond how many are to be added in the long run
   */
  StepQueue(int capacity, long perSecond) {
    this.steps = new ArrayBlockingQueue<>(capacity);
    this.perSecond = perSecond;
    this.budget = new AtomicLong(perSecond * BURST_SECONDS);
  }

  /** Messages of a route some of whose steps were left out, by the range of their ids. */
  record LeftOut(String routeId, long firstId, long lastId, long messages) {

    private LeftOut and(LeftOut other) {
      return new LeftOut(
          routeId,
          Math.min(firstId, other.firstId),
          Math.max(lastId, other.lastId),
          messages + other.messages);
    }
  }

  /** Whether what goes well is to be added too. */
  boolean hasBudget() {
    return budget.get() > 0;
  }

  /** Adds a step, or notes that there was no room for it. */
  void add(Step step) {
    budget.decrementAndGet();
    if (!steps.offer(step)) {
      leaveOut(step.of().routeId(), step.of().historyId());
    }
  }

  /** Steps of a message were left out. */
  void leaveOut(String routeId, long historyId) {
    synchronized (leftOut) {
      leftOut.merge(routeId, new LeftOut(routeId, historyId, historyId, 1), LeftOut::and);
    }
  }

  /** So much time has passed. */
  void refill(long nanos) {
    long more = Math.round((double) nanos * perSecond / TimeUnit.SECONDS.toNanos(1));
    budget.updateAndGet(left -> Math.min(perSecond * BURST_SECONDS, left + more));
  }

  /** The next steps, waiting for the first of them at most that long. */
  List<Step> take(int most, long millis) throws InterruptedException {
    List<Step> taken = new ArrayList<>();
    Step first = steps.poll(millis, TimeUnit.MILLISECONDS);
    if (first != null) {
      taken.add(first);
      steps.drainTo(taken, most - 1);
    }
    return taken;
  }

  /** What was left out since it was asked last. */
  Collection<LeftOut> takeLeftOut() {
    synchronized (leftOut) {
      List<LeftOut> taken = List.copyOf(leftOut.values());
      leftOut.clear();
      return taken;
    }
  }
}
