package org.mqttintegration.history;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.node.Lease;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Something that waits to be written, in its turn. */
abstract class Write {

  private final @Nullable Lease lease;
  private @Nullable Throwable failure;

  /**
   * Something to write.
   *
   * @param lease under which it may be written only, null for none
   */
  Write(@Nullable Lease lease) {
    this.lease = lease;
  }

  final @Nullable Lease lease() {
    return lease;
  }

  /** How much payload it holds in memory, in bytes. */
  int payloadBytes() {
    return 0;
  }

  /** When the message was received that it stores, null for anything else. */
  @Nullable Instant receivedAt() {
    return null;
  }

  /** The entities that it stores. */
  List<Object> entities() {
    return List.of();
  }

  /** What else it does, in the same transaction and before the entities of all. */
  void change(JdbcClient database) {}

  /** It cannot be written. */
  final void fail(Throwable cause) {
    failure = cause;
  }

  final boolean isFailed() {
    return failure != null;
  }

  /** Lets whoever waits for it go on. */
  final void complete() {
    completed(failure);
  }

  static void settle(CompletableFuture<Void> done, @Nullable Throwable failure) {
    if (failure == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(failure);
    }
  }

  /** It is written, or failed. */
  abstract void completed(@Nullable Throwable failure);
}
