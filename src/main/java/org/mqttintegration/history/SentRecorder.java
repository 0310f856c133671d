package org.mqttintegration.history;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores sent messages, and what changes with them, in the transactions of all that is recorded: in
 * their turn, and tried again for as long as the database is away.
 */
@Component
public class SentRecorder {

  private final GroupCommit groupCommit;
  private final HistorySettings settings;

  /** What changes in the same transaction. */
  @FunctionalInterface
  public interface Change {

    /**
     * Makes the change. May be called again, when nobody knows whether a commit worked.
     *
     * @param historyId the id of the message's row, null when none is stored
     */
    void apply(JdbcClient database, @Nullable Long historyId);
  }

  SentRecorder(GroupCommit groupCommit, HistorySettings settings) {
    this.groupCommit = groupCommit;
    this.settings = settings;
  }

  /** Stores a message that a broker accepted; completes when it is committed, or refused. */
  public CompletableFuture<Void> record(SentMessage message, Change change) {
    HistoryEntry entry = HistoryEntry.sent(message).limitedTo(settings.maxPayload().toBytes());
    SentRecording recording = new SentRecording(entry, change);
    groupCommit.add(recording);
    return recording.done();
  }

  /** Stores a change without a message; completes when it is committed, or refused. */
  public CompletableFuture<Void> record(Change change) {
    Changing changing = new Changing(change);
    groupCommit.add(changing);
    return changing.done;
  }

  private static final class Changing extends Write {

    private final Change change;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private Changing(Change change) {
      this.change = change;
    }

    @Override
    void change(JdbcClient database) {
      change.apply(database, null);
    }

    @Override
    void completed(@Nullable Throwable failure) {
      settle(done, failure);
    }

    @Override
    public String toString() {
      return "change";
    }
  }
}
