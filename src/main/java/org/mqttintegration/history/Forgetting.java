package org.mqttintegration.history;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Forgets one unreleased packet of a connection, or all of them. */
final class Forgetting extends Write {

  private final String connection;
  private final @Nullable Integer packetIdentifier;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private Forgetting(String connection, @Nullable Integer packetIdentifier) {
    this.connection = connection;
    this.packetIdentifier = packetIdentifier;
  }

  static Forgetting one(String connection, int packetIdentifier) {
    return new Forgetting(connection, packetIdentifier);
  }

  static Forgetting all(String connection) {
    return new Forgetting(connection, null);
  }

  /** Completes when it is committed. */
  CompletableFuture<Void> done() {
    return done;
  }

  @Override
  void change(JdbcClient database) {
    database
        .sql(
            """
            delete from unreleased_packet
            where connection = :connection
              and (cast(:packet as integer) is null or packet_identifier = :packet)
            """)
        .param("connection", connection)
        .param("packet", packetIdentifier)
        .update();
  }

  @Override
  void completed(@Nullable Throwable failure) {
    settle(done, failure);
  }

  @Override
  public String toString() {
    return "release connection=%s packet_identifier=%s".formatted(connection, packetIdentifier);
  }
}
