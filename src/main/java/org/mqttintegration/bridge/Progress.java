package org.mqttintegration.bridge;

import java.util.ArrayDeque;
import org.mqttintegration.history.FeedPosition;

/**
 * How far a route is, when its messages end in another order than they came: the place before which
 * all have ended.
 */
final class Progress {

  private final ArrayDeque<Step> open = new ArrayDeque<>();
  private FeedPosition done;
  private FeedPosition read;

  Progress(FeedPosition start) {
    this.done = start;
    this.read = start;
  }

  /** A message that was read, and ends some time. */
  static final class Step {
    private final FeedPosition position;
    private boolean ended;

    private Step(FeedPosition position) {
      this.position = position;
    }
  }

  /** A message was read; {@code position} is behind it. */
  synchronized Step begin(FeedPosition position) {
    Step step = new Step(position);
    open.add(step);
    read = position;
    return step;
  }

  /** There is nothing more to do up to a place. */
  synchronized void readTo(FeedPosition position) {
    read = position;
    advance();
  }

  synchronized void end(Step step) {
    step.ended = true;
    advance();
  }

  private void advance() {
    Step first = open.peek();
    while (first != null && first.ended) {
      done = first.position;
      open.remove();
      first = open.peek();
    }
    if (first == null) {
      done = read;
    }
  }

  /** The place before which all have ended. */
  synchronized FeedPosition done() {
    return done;
  }

  /** The place up to which was read. */
  synchronized FeedPosition read() {
    return read;
  }
}
