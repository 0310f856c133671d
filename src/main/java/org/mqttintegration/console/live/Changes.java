package org.mqttintegration.console.live;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLongArray;
import org.mqttintegration.bridge.DeadLetterKept;
import org.mqttintegration.mqtt.ConnectionChanged;
import org.mqttintegration.mqtt.SubscriptionChanged;
import org.mqttintegration.node.Notice;
import org.mqttintegration.node.Notices;
import org.mqttintegration.routefile.RouteFilesChanged;
import org.mqttintegration.topic.TopicsCounted;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** How often each part changed; what is counted anyway tells of messages and sends. */
@Component
class Changes {

  private final MeterRegistry meters;
  private final AtomicLongArray versions = new AtomicLongArray(Part.values().length);

  Changes(MeterRegistry meters) {
    this.meters = meters;
  }

  /** A number of each part that is another one after each change, in the order of the parts. */
  long[] versions() {
    long received = count("mqtt.history.recorded");
    long finished = count("mqtt.sends.finished");
    long[] now = new long[versions.length()];
    for (Part part : Part.values()) {
      now[part.ordinal()] =
          versions.get(part.ordinal())
              + switch (part) {
                case HISTORY -> received + finished;
                case SENDS -> count("mqtt.sends.accepted") + finished;
                case TOPICS, BROKERS, ROUTES -> 0;
              };
    }
    return now;
  }

  private long count(String name) {
    return Counts.of(meters, name);
  }

  private void changed(Part part) {
    versions.incrementAndGet(part.ordinal());
  }

  @EventListener
  void on(ConnectionChanged event) {
    changed(Part.BROKERS);
  }

  @EventListener
  void on(SubscriptionChanged event) {
    changed(Part.BROKERS);
  }

  /** What other nodes do. */
  @EventListener
  void on(Notice notice) {
    if (notice.isOf(Notices.HISTORY)) {
      changed(Part.HISTORY);
      changed(Part.SENDS);
      changed(Part.TOPICS);
    } else if (notice.isOf(Notices.STATES)
        || notice.isOf(Notices.BROKER)
        || notice.isOf(Notices.SUBSCRIPTION)) {
      changed(Part.BROKERS);
    } else if (notice.isOf(Notices.ROUTE_FILE)) {
      changed(Part.ROUTES);
    }
  }

  @EventListener
  void on(TopicsCounted event) {
    changed(Part.TOPICS);
  }

  @EventListener
  void on(DeadLetterKept event) {
    changed(Part.ROUTES);
  }

  @EventListener
  void on(RouteFilesChanged event) {
    changed(Part.ROUTES);
  }
}
