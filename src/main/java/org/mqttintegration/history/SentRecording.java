package org.mqttintegration.history;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.SentRecorder.Change;
import org.mqttintegration.node.Lease;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A sent message on its way into the history, with what changes as it is. */
final class SentRecording extends Recording {

  private final Change change;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  SentRecording(Lease lease, HistoryEntry entry, Change change) {
    super(lease, entry);
    this.change = change;
  }

  /** Completes when it is committed. */
  CompletableFuture<Void> done() {
    return done;
  }

  @Override
  void change(JdbcClient database) {
    change.apply(database, entry().getId());
  }

  @Override
  void completed(@Nullable Throwable failure) {
    settle(done, failure);
  }
}
