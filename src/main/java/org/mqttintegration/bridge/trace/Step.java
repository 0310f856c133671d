package org.mqttintegration.bridge.trace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.WireName;

/**
 * A step to keep.
 *
 * @param of the run that it belongs to
 * @param begunAt when it began
 * @param target the endpoint that was called, null for the run itself
 * @param micros how long it took
 * @param attempt which attempt it was, from 1
 * @param outcome how it ended
 * @param failure what was thrown, null for nothing
 * @param complete of a run, whether all its steps are kept; null of others
 * @param deadLetterId the dead letter that was kept, or tried again
 */
record Step(
    Run of,
    Instant begunAt,
    @Nullable String target,
    long micros,
    int attempt,
    Outcome outcome,
    @Nullable Failure failure,
    @Nullable Boolean complete,
    @Nullable Long deadLetterId) {

  /** What was thrown, in words: a failure may hold much more than these. */
  record Failure(String exception, @Nullable String message) {

    /** Secrets are hidden behind this, which nobody finds who has half of one. */
    private static final int LONGEST = 4_000;

    static @Nullable Failure of(@Nullable Throwable thrown) {
      if (thrown == null) {
        return null;
      }
      Throwable root = FailureSummary.root(thrown);
      String message = root.getMessage();
      return new Failure(
          root.getClass().getName(),
          message == null || message.length() <= LONGEST ? message : message.substring(0, LONGEST));
    }
  }

  /** How a step ended. */
  enum Outcome {
    DONE,
    FAILED,
    /** Its message comes again. */
    AGAIN,
    /** A dead letter was tried again, with success. */
    RETRIED,
    /** A dead letter was tried again, and failed. */
    FAILED_AGAIN;

    String word() {
      return WireName.of(this);
    }
  }
}
