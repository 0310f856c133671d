package org.mqttintegration.history;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.LeftToAnotherException;
import org.mqttintegration.node.Lease;
import org.mqttintegration.node.Leases;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores sent messages, and what changes with them, in the transactions of all that is recorded: in
 * their turn, and tried again for as long as the database is away.
 */
@Component
public class SentRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(SentRecorder.class);

  private final GroupCommit groupCommit;
  private final HistorySettings settings;
  private final Leases leases;

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

  SentRecorder(GroupCommit groupCommit, HistorySettings settings, Leases leases) {
    this.leases = leases;
    this.groupCommit = groupCommit;
    this.settings = settings;
  }

  /** Stores a message that a broker accepted; completes when it is committed, or refused. */
  public CompletableFuture<Void> record(SentMessage message, Change change) {
    String connection = String.valueOf(message.brokerId());
    Optional<Lease> lease = leases.ofConnection(connection);
    if (lease.isEmpty()) {
      return CompletableFuture.failedFuture(new LeftToAnotherException(connection));
    }
    HistoryEntry entry = HistoryEntry.sent(message).limitedTo(settings.maxPayload().toBytes());
    SentRecording recording = new SentRecording(lease.get(), entry, change);
    groupCommit.add(recording);
    return recording.done();
  }

  /**
   * Stores a change without a message; completes when it is committed, or refused.
   *
   * @param connection the key of the connection that it belongs to
   */
  public CompletableFuture<Void> record(String connection, Change change) {
    return leases
        .ofConnection(connection)
        .map(lease -> write(new Changing(lease, change)))
        .orElseGet(() -> CompletableFuture.failedFuture(new LeftToAnotherException(connection)));
  }

  private CompletableFuture<Void> write(Changing changing) {
    groupCommit.add(changing);
    return changing.done;
  }

  /** Waits until all that was to be written before is written, at most so long. */
  public void awaitWritten(Duration limit) {
    try {
      write(new Changing(null, (database, historyId) -> {}))
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("not all is written", e); // what is not, is refused later, and comes again
    }
  }

  private static final class Changing extends Write {

    private final Change change;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private Changing(@Nullable Lease lease, Change change) {
      super(lease);
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
