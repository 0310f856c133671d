package org.mqttintegration.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Something that waits to be written, in its turn. */
interface Write {

  /** How much payload it holds in memory, in bytes. */
  default int payloadBytes() {
    return 0;
  }

  /** When the message was received that it stores, null for anything else. */
  default @Nullable Instant receivedAt() {
    return null;
  }

  /** The entities that it stores. */
  default List<Object> entities() {
    return List.of();
  }

  /** What else it does, in the same transaction and after the entities of all. */
  default void change(JdbcClient database) {}

  /** It cannot be written. */
  void fail(Throwable cause);

  boolean isFailed();

  /** It is written, or failed: whoever waits for it goes on. */
  void complete();
}
