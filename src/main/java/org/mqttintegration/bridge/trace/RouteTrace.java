package org.mqttintegration.bridge.trace;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Follows messages of the history through routes. */
@Component
public class RouteTrace {

  /** About 2 MB of steps; the messages that they are of are not held. */
  private static final int CAPACITY = 10_000;

  private final boolean enabled;
  private final StepQueue queue;

  /** What routes work on now. */
  private final Set<Run> running = ConcurrentHashMap.newKeySet();

  RouteTrace(TraceSettings settings) {
    this.enabled = settings.enabled();
    this.queue = new StepQueue(CAPACITY, settings.stepsPerSecond());
  }

  StepQueue queue() {
    return queue;
  }

  /** A route begins to work on a message. */
  public void begin(Exchange exchange, long historyId, String routeId) {
    begin(exchange, historyId, routeId, null);
  }

  /** A dead letter is tried again; what is none of a message of the history is not followed. */
  public void beginAgain(
      Exchange exchange, @Nullable Long historyId, String routeId, long deadLetter) {
    if (historyId != null) {
      begin(exchange, historyId, routeId, deadLetter);
    }
  }

  private void begin(Exchange exchange, long historyId, String routeId, @Nullable Long retried) {
    boolean complete = enabled && (retried != null || queue.hasBudget());
    Run run = new Run(this, historyId, routeId, exchange.getExchangeId(), retried, complete);
    running.add(run);
    run.goWith(exchange);
  }

  /** The runs of a message that go on now, here. */
  List<Run> runningOf(long historyId) {
    return running.stream().filter(run -> run.historyId() == historyId).toList();
  }

  void ended(Run run) {
    running.remove(run);
  }

  void add(Step step) {
    if (enabled) {
      queue.add(step);
    }
  }

  void leaveOut(Run run) {
    if (enabled) {
      queue.leaveOut(run.routeId(), run.historyId());
    }
  }
}
