package org.mqttintegration.history;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** How recording stands. */
@Component
class RecordingGauges {

  private final Backlog backlog;
  private final HistorySettings settings;

  RecordingGauges(
      MeterRegistry registry,
      Backlog backlog,
      HistorySettings settings,
      RecordingHealth health,
      GapLedger ledger) {
    this.backlog = backlog;
    this.settings = settings;
    Gauge.builder("mqtt.history.queue", backlog, Backlog::count)
        .description("What waits to be written")
        .strongReference(true)
        .register(registry);
    Gauge.builder("mqtt.history.queue.payload", backlog, Backlog::bytes)
        .description("The payload of what waits to be written")
        .baseUnit("bytes")
        .strongReference(true)
        .register(registry);
    Gauge.builder("mqtt.history.queue.fill", this, RecordingGauges::fill)
        .description("How full the queue is, from 0; from 1 on QoS 0 messages are dropped")
        .strongReference(true)
        .register(registry);
    Gauge.builder("mqtt.history.away", health, RecordingHealth::awaySeconds)
        .description("For how long the database has not taken what is received; 0 while it does")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
    Gauge.builder("mqtt.history.gaps.open", ledger, GapLedger::open)
        .description("Subscriptions of which messages may be missed now")
        .strongReference(true)
        .register(registry);
  }

  private double fill() {
    return Math.max(
        backlog.count() / (double) settings.qos0Limit(),
        backlog.bytes() / (double) settings.qos0Bytes().toBytes());
  }
}
