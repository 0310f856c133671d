package org.mqttintegration.bridge.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.bridge.trace.Step.Failure;
import org.mqttintegration.bridge.trace.Step.Outcome;

/**
 * A message of the history in a route: it goes along with the exchange, and with what that is
 * split, copied or handed on to.
 */
public final class Run {

  private static final String PROPERTY = "mqttRun";

  /** A message that is split into thousands has thousands of calls. */
  private static final int MOST_STEPS = 100;

  private final RouteTrace trace;
  private final long historyId;
  private final String routeId;
  private final String exchangeId;
  private final @Nullable Long retried;
  private final boolean complete;
  private final Instant begunAt = Instant.now();
  private final long begun = System.nanoTime();
  private final AtomicInteger steps = new AtomicInteger();

  /**
   * @param retried the dead letter that is tried again, null when the message came from the history
   * @param complete whether what goes well is kept too
   */
  Run(
      RouteTrace trace,
      long historyId,
      String routeId,
      String exchangeId,
      @Nullable Long retried,
      boolean complete) {
    this.trace = trace;
    this.historyId = historyId;
    this.routeId = routeId;
    this.exchangeId = exchangeId;
    this.retried = retried;
    this.complete = complete;
  }

  /** That of an exchange; null when it began with no message of the history. */
  public static @Nullable Run of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, Run.class);
  }

  void goWith(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }

  public long historyId() {
    return historyId;
  }

  public String routeId() {
    return routeId;
  }

  String exchangeId() {
    return exchangeId;
  }

  Instant begunAt() {
    return begunAt;
  }

  /**
   * A target was called.
   *
   * @param since when, in {@link System#nanoTime} terms
   * @param attempt which attempt it was, from 1
   * @param failure what was thrown, null for nothing
   */
  public void called(String target, long since, int attempt, @Nullable Throwable failure) {
    if (!complete && failure == null) {
      return;
    }
    if (steps.incrementAndGet() > MOST_STEPS) {
      return; // the run says that it is not complete
    }
    trace.add(
        new Step(
            this,
            begunAt.plus(Duration.ofNanos(since - begun)),
            target,
            micros(since),
            attempt,
            failure == null ? Outcome.DONE : Outcome.FAILED,
            Failure.of(failure),
            null,
            null));
  }

  /** An exchange's run ended well. */
  public static void endOf(Exchange exchange) {
    Run run = of(exchange);
    if (run != null) {
      boolean told = run.complete || run.steps.get() > 0;
      run.end(run.retried == null ? Outcome.DONE : Outcome.RETRIED, null, run.retried, told);
    }
  }

  /** An exchange's run failed for good; the dead letter is null when none could be kept. */
  public static void failed(Exchange exchange, @Nullable Long deadLetter) {
    Run run = of(exchange);
    if (run != null) {
      Outcome outcome = run.retried == null ? Outcome.FAILED : Outcome.FAILED_AGAIN;
      run.end(outcome, exchange.getException(), deadLetter, true);
    }
  }

  /** An exchange's run failed, and its message comes again. */
  public static void toComeAgain(Exchange exchange) {
    Run run = of(exchange);
    if (run != null) {
      run.end(Outcome.AGAIN, exchange.getException(), null, true);
    }
  }

  private void end(
      Outcome outcome, @Nullable Throwable failure, @Nullable Long deadLetter, boolean told) {
    trace.ended(this);
    if (told) {
      boolean all = complete && steps.get() <= MOST_STEPS;
      trace.add(
          new Step(
              this,
              begunAt,
              null,
              micros(begun),
              1,
              outcome,
              Failure.of(failure),
              all,
              deadLetter));
    } else {
      trace.leaveOut(this);
    }
  }

  private static long micros(long since) {
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - since);
  }
}
