package org.mqttintegration.history;

import java.time.Instant;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.MqttHeaders;
import org.mqttintegration.mqtt.ReceivedMessage;
import org.mqttintegration.node.Lease;

/** A received message on its way into the history, with the exchange that waits for it. */
final class ReceivedRecording extends Recording {

  private final @Nullable UnreleasedPacket unreleased;
  private final Exchange exchange;
  private final AsyncCallback callback;

  ReceivedRecording(
      Lease lease,
      HistoryEntry entry,
      @Nullable UnreleasedPacket unreleased,
      Exchange exchange,
      AsyncCallback callback) {
    super(lease, entry);
    this.unreleased = unreleased;
    this.exchange = exchange;
    this.callback = callback;
  }

  ReceivedMessage message() {
    return exchange.getProperty(MqttHeaders.RECEIVED, ReceivedMessage.class);
  }

  long brokerId() {
    return exchange.getProperty(GroupCommit.BROKER_ID, Long.class);
  }

  @Override
  Instant receivedAt() {
    return entry().getTimestamp();
  }

  /** The row, and for QoS 2 what tells it from a further delivery of the same message. */
  @Override
  List<Object> entities() {
    return unreleased == null ? List.of(entry()) : List.of(entry(), unreleased);
  }

  /** Lets the exchange go on; with the failure, if there was one. */
  @Override
  void completed(@Nullable Throwable failure) {
    if (failure != null) {
      exchange.setException(failure);
    } else {
      exchange.setProperty(HistoryProperties.ID, entry().getId());
    }
    callback.done(false);
  }
}
