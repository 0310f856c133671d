package org.mqttintegration.history;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** How much waits to be written, and until when all that was received is written. */
@Component
class Backlog {

  /** What was received and is on its way to the backlog. */
  private static final Duration ON_THE_WAY = Duration.ofSeconds(1);

  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private volatile Instant lastWritten = Instant.now();

  void entered(Write write) {
    count.incrementAndGet();
    bytes.addAndGet(write.payloadBytes());
  }

  /** In the order in which they entered. */
  void left(Write write) {
    Instant receivedAt = write.receivedAt();
    if (receivedAt != null) {
      lastWritten = receivedAt;
    }
    bytes.addAndGet(-write.payloadBytes());
    count.decrementAndGet();
  }

  int count() {
    return count.get();
  }

  long bytes() {
    return bytes.get();
  }

  /** All that was received until then is written, or was refused. */
  Instant writtenUntil() {
    Instant now = Instant.now();
    Instant written = lastWritten;
    return count.get() == 0 ? now.minus(ON_THE_WAY) : written;
  }
}
