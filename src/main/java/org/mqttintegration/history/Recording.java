package org.mqttintegration.history;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** A received message on its way into the history, with the exchange that waits for it. */
final class Recording {

  private final HistoryEntry entry;
  private final Exchange exchange;
  private final AsyncCallback callback;
  private boolean tried;
  private @Nullable Throwable failure;

  Recording(HistoryEntry entry, Exchange exchange, AsyncCallback callback) {
    this.entry = entry;
    this.exchange = exchange;
    this.callback = callback;
  }

  HistoryEntry entry() {
    return entry;
  }

  /** Whether a transaction with this row was begun before, and nobody knows how it ended. */
  boolean isTried() {
    return tried;
  }

  void markTried() {
    tried = true;
  }

  void fail(Throwable cause) {
    failure = cause;
  }

  boolean isFailed() {
    return failure != null;
  }

  /** Lets the exchange go on; with the failure, if there was one. */
  void complete() {
    if (failure != null) {
      exchange.setException(failure);
    }
    callback.done(false);
  }
}
