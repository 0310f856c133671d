package org.mqttintegration.history;

import java.time.Instant;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** A received message on its way into the history, with the exchange that waits for it. */
final class Recording extends Write {

  private final HistoryEntry entry;
  private final @Nullable UnreleasedPacket unreleased;
  private final Exchange exchange;
  private final AsyncCallback callback;
  private boolean tried;
  private boolean doubted;

  Recording(
      HistoryEntry entry,
      @Nullable UnreleasedPacket unreleased,
      Exchange exchange,
      AsyncCallback callback) {
    this.entry = entry;
    this.unreleased = unreleased;
    this.exchange = exchange;
    this.callback = callback;
  }

  HistoryEntry entry() {
    return entry;
  }

  @Override
  int payloadBytes() {
    return entry.payloadBytes();
  }

  @Override
  Instant receivedAt() {
    return entry.getTimestamp();
  }

  /** The row, and for QoS 2 what tells it from a further delivery of the same message. */
  @Override
  List<Object> entities() {
    return unreleased == null ? List.of(entry) : List.of(entry, unreleased);
  }

  /** Whether a transaction with this row was begun before, and nobody knows how it ended. */
  boolean isTried() {
    return tried;
  }

  void markTried() {
    tried = true;
  }

  /** Whether it is the first time that the row seems to be there already. */
  boolean doubt() {
    boolean first = !doubted;
    doubted = true;
    return first;
  }

  /** Lets the exchange go on; with the failure, if there was one. */
  @Override
  void completed(@Nullable Throwable failure) {
    if (failure != null) {
      exchange.setException(failure);
    }
    callback.done(false);
  }

  /** Names the row and nothing of its message. */
  @Override
  public String toString() {
    return "history_id=" + entry.getId();
  }
}
