package org.mqttintegration.testing;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;

/** Waits for counts that grow fast. */
public final class Progress {

  private Progress() {}

  /** Waits until a count is so high, and hardly longer. */
  public static void await(IntSupplier count, int least) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(4))
        .pollInSameThread() // a thread for each look would be the load
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> count.getAsInt() >= least);
  }
}
