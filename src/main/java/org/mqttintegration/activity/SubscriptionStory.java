package org.mqttintegration.activity;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ConnectionKey;
import org.mqttintegration.mqtt.SubscriptionChanged;
import org.mqttintegration.mqtt.SubscriptionStatus;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells of each subscription what the broker said. That it says so again is no news. */
@Component
class SubscriptionStory {

  private static final String SUBSCRIBED = "subscribed";
  private static final String REFUSED = "subscriptionRefused";
  private static final String ENDED = "unsubscribed";

  /** All that it tells. */
  static final List<String> EVENTS = List.of(SUBSCRIBED, REFUSED, ENDED);

  private static final Set<String> SPEAKERS = Set.of("", "1");

  private final RecordEvents events;

  SubscriptionStory(RecordEvents events) {
    this.events = events;
  }

  @EventListener
  void on(SubscriptionChanged change) {
    if (change.isOfResponses() || change.identifier() <= 0) {
      return;
    }
    SubscriptionStatus status = change.status();
    if (status.state() != SubscriptionStatus.State.FAILED && !SPEAKERS.contains(share(change))) {
      return; // of several connections that share, the first one speaks for all that are well
    }
    switch (status.state()) {
      case SUBSCRIBED ->
          tell(change, SUBSCRIBED, Severity.INFO, "QoS %d".formatted(status.grantedQos()));
      case FAILED -> tell(change, REFUSED, Severity.WARNING, status.message());
      case UNSUBSCRIBED -> tell(change, ENDED, Severity.INFO, null);
      case SUBSCRIBING -> {
        // the connection's event says why
      }
    }
  }

  private static String share(SubscriptionChanged change) {
    return ConnectionKey.share(change.key());
  }

  private void tell(
      SubscriptionChanged change, String event, Severity severity, @Nullable String text) {
    RecordRef record =
        new RecordRef(RecordKind.SUBSCRIPTION, Integer.toString(change.identifier()), "");
    events.happened(
        RecordEvent.state(record, "subscription", event, severity, change.status().since(), text)
            .unless(true, event));
  }
}
