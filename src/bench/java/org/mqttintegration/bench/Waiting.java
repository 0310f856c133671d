package org.mqttintegration.bench;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what happens elsewhere. */
final class Waiting {

  private Waiting() {}

  /** Asks again and again; a question that fails counts as no. */
  static void until(String what, Duration limit, Duration interval, Callable<Boolean> question)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!yes(question)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Waited %s in vain: %s".formatted(limit, what));
      }
      Thread.sleep(interval.toMillis());
    }
  }

  private static boolean yes(Callable<Boolean> question) {
    try {
      return question.call();
    } catch (Exception | AssertionError e) {
      return false;
    }
  }
}
