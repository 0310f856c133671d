package org.mqttintegration.activity;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ConnectionChanged;
import org.mqttintegration.mqtt.ConnectionChanged.Failure;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells of each broker when it was connected to, lost, or refused us. Attempts that fail as the one
 * before are no news.
 */
@Component
class ConnectionStory {

  private static final String CONNECTED = "connected";
  private static final String LOST = "lost";
  private static final String NOT_CONNECTED = "notConnected";
  private static final String REFUSED = "refused";

  /** All that it tells. */
  static final List<String> EVENTS = List.of(CONNECTED, LOST, NOT_CONNECTED, REFUSED);

  private final RecordEvents events;
  private final OutageWatch outages;
  private final Set<String> connected = new HashSet<>();

  /** Those that are connected anew since somebody changed how. */
  private final Set<String> anew = new HashSet<>();

  ConnectionStory(RecordEvents events, OutageWatch outages) {
    this.events = events;
    this.outages = outages;
  }

  @EventListener
  synchronized void on(ConnectionChanged change) {
    // a connection's key is its broker's id
    RecordDirectory.number(change.key()).ifPresent(broker -> tell(broker, change));
  }

  private void tell(long broker, ConnectionChanged change) {
    Failure failure = change.failure();
    if (change.status().state() == State.CONNECTED) {
      connected.add(change.key());
      outages.over(broker);
      RecordEvent event = event(change, CONNECTED, Severity.INFO, null);
      events.happened(anew.remove(change.key()) ? event : event.unless(false, CONNECTED));
    } else if (failure != null) {
      outages.goesOn(broker, failure.reason());
      events.happened(failed(change, failure));
    } else {
      gone(broker, change);
    }
  }

  /** Somebody wants it so. */
  private void gone(long broker, ConnectionChanged change) {
    boolean was = connected.remove(change.key());
    if (change.status().state() == State.DISCONNECTED) {
      outages.unknown(broker);
      anew.remove(change.key());
    } else if (was) {
      anew.add(change.key());
    }
  }

  private RecordEvent failed(ConnectionChanged change, Failure failure) {
    if (connected.remove(change.key())) {
      return event(change, LOST, Severity.WARNING, failure.reason());
    }
    return failure.refused()
        ? event(change, REFUSED, Severity.WARNING, failure.reason()).unless(true, REFUSED)
        : event(change, NOT_CONNECTED, Severity.WARNING, failure.reason())
            .unless(false, LOST, NOT_CONNECTED, REFUSED);
  }

  private static RecordEvent event(
      ConnectionChanged change, String event, Severity severity, @Nullable String text) {
    return RecordEvent.state(
        new RecordRef(RecordKind.BROKER, change.key(), ""),
        "connection",
        event,
        severity,
        java.time.Instant.now(),
        text);
  }
}
