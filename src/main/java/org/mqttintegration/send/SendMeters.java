package org.mqttintegration.send;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What sending counts. */
@Component
class SendMeters {

  private static final Duration[] BOUNDS = {
    Duration.ofMillis(10),
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10)
  };

  private final Counter accepted;
  private final Timer delivery;
  private final Map<SendStatus, Counter> finished = new EnumMap<>(SendStatus.class);

  SendMeters(MeterRegistry registry, SendBacklog backlog) {
    accepted =
        Counter.builder("mqtt.sends.accepted")
            .description("Sends that were stored to be sent")
            .register(registry);
    delivery =
        Timer.builder("mqtt.sends.delivery")
            .description("Time from accepting a send to the broker having it")
            .serviceLevelObjectives(BOUNDS)
            .register(registry);
    for (SendStatus status : SendStatus.values()) {
      if (status.isOutcome()) {
        finished.put(
            status,
            Counter.builder("mqtt.sends.finished")
                .description("Sends that have their outcome")
                .tag("outcome", status.word())
                .register(registry));
      }
    }
    Gauge.builder("mqtt.sends.waiting", backlog, SendBacklog::total)
        .description("Sends without an outcome")
        .register(registry);
    Gauge.builder("mqtt.sends.oldest", backlog, SendBacklog::oldestSeconds)
        .description("How long the oldest send without an outcome has waited")
        .baseUnit("seconds")
        .register(registry);
  }

  void accepted(int sends) {
    accepted.increment(sends);
  }

  void finished(SendStatus status, @Nullable QueuedSend send) {
    Counter counter = finished.get(status);
    if (counter != null) {
      counter.increment();
    }
    if (status.isSent() && send != null) {
      delivery.record(Duration.between(send.acceptedAt(), Instant.now()));
    }
  }
}
