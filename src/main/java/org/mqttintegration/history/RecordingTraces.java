package org.mqttintegration.history;

import java.util.List;
import org.mqttintegration.telemetry.TracedMessage;
import org.mqttintegration.telemetry.Traces;
import org.springframework.stereotype.Component;

/** Tells traces of what was recorded. */
@Component
class RecordingTraces {

  private final Traces traces;

  RecordingTraces(Traces traces) {
    this.traces = traces;
  }

  /** A batch was written. */
  void recorded(List<Write> batch) {
    if (!traces.areOn()) {
      return;
    }
    for (Write write : batch) {
      if (write instanceof ReceivedRecording received && !received.isFailed()) {
        HistoryEntry entry = received.entry();
        traces.recorded(
            new TracedMessage(
                entry.getId(),
                received.brokerId(),
                received.message().topic(),
                entry.getTimestamp(),
                received.message().properties().userProperty(Traces.TRACEPARENT)));
      }
    }
  }
}
