package org.mqttintegration.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.stereotype.Component;

/** What recording counts. */
@Component
class RecordingMeters {

  private final Counter recorded;
  private final Counter failed;
  private final Counter dropped;
  private final DistributionSummary batch;

  RecordingMeters(MeterRegistry registry) {
    recorded =
        Counter.builder("mqtt.history.recorded")
            .description("Received messages that were stored")
            .register(registry);
    failed =
        Counter.builder("mqtt.history.failed")
            .description("Received messages that were not stored, and so not acknowledged")
            .register(registry);
    dropped =
        Counter.builder("mqtt.history.dropped")
            .description("QoS 0 messages that were dropped because too many were waiting")
            .register(registry);
    batch =
        DistributionSummary.builder("mqtt.history.batch")
            .description("Messages stored in one go")
            .register(registry);
  }

  void recorded(List<Write> writes) {
    long recordings = writes.stream().filter(ReceivedRecording.class::isInstance).count();
    long failures =
        writes.stream().filter(w -> w instanceof ReceivedRecording && w.isFailed()).count();
    failed.increment(failures);
    recorded.increment(recordings - failures);
    if (recordings > 0) {
      batch.record(recordings);
    }
  }

  void dropped() {
    dropped.increment();
  }

  long droppedSoFar() {
    return (long) dropped.count();
  }
}
