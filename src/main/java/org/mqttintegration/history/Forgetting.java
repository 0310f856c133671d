package org.mqttintegration.history;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.node.Lease;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Forgets one unreleased packet of a connection, or all of them. */
final class Forgetting extends Write {

  private final String connection;
  private final @Nullable Integer packetIdentifier;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private Forgetting(Lease lease, String connection, @Nullable Integer packetIdentifier) {
    super(lease);
    this.connection = connection;
    this.packetIdentifier = packetIdentifier;
  }

  static Forgetting one(Lease lease, String connection, int packetIdentifier) {
    return new Forgetting(lease, connection, packetIdentifier);
  }

  static Forgetting all(Lease lease, String connection) {
    return new Forgetting(lease, connection, null);
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
