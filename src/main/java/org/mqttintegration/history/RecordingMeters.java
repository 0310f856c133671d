package org.mqttintegration.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mqttintegration.mqtt.ReceivedMessage;
import org.springframework.stereotype.Component;

/** What recording counts. {@code src/docs/metrics.md} has the list. */
@Component
class RecordingMeters {

  private static final Duration[] BOUNDS = {
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1)
  };

  private final Counter received;
  private final Counter recorded;
  private final Counter failed;
  private final Counter dropped;
  private final Counter duplicates;
  private final DistributionSummary batch;
  private final Timer write;
  private final Timer commitLag;

  RecordingMeters(MeterRegistry registry) {
    received = counter(registry, "received", "Messages that came to be recorded");
    recorded = counter(registry, "recorded", "Received messages that were stored");
    failed =
        counter(
            registry, "failed", "Received messages that were not stored, and so not acknowledged");
    dropped =
        counter(
            registry, "dropped", "QoS 0 messages that were dropped because too many were waiting");
    duplicates =
        counter(registry, "duplicates", "Messages that certainly came before, and came again");
    batch =
        DistributionSummary.builder("mqtt.history.batch")
            .description("Received messages stored in one go")
            .register(registry);
    write = timer(registry, "write", "How long a batch took until it was committed");
    commitLag =
        timer(registry, "commit.lag", "Time from receiving a message until it was committed");
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("mqtt.history." + name).description(description).register(registry);
  }

  private static Timer timer(MeterRegistry registry, String name, String description) {
    return Timer.builder("mqtt.history." + name)
        .description(description)
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  void received(ReceivedMessage message) {
    received.increment();
    if (message.duplicate()) {
      duplicates.increment();
    }
  }

  /**
   * A batch was written.
   *
   * @param nanos how long that took
   */
  void recorded(List<Write> writes, long nanos) {
    Instant now = Instant.now();
    long recordings = 0;
    long failures = 0;
    for (Write write : writes) {
      Instant receivedAt = write.receivedAt();
      if (receivedAt != null) {
        recordings++;
        if (write.isFailed()) {
          failures++;
        } else {
          commitLag.record(Duration.between(receivedAt, now));
        }
      }
    }
    failed.increment(failures);
    recorded.increment(recordings - failures);
    if (recordings > 0) {
      batch.record(recordings);
      write.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  void dropped() {
    dropped.increment();
  }

  long droppedSoFar() {
    return (long) dropped.count();
  }
}
