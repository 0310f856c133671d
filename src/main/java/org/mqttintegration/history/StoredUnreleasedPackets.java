package org.mqttintegration.history;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.mqttintegration.mqtt.LeftToAnotherException;
import org.mqttintegration.mqtt.UnreleasedPackets;
import org.mqttintegration.node.Lease;
import org.mqttintegration.node.Leases;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps them in the database, in order with the messages that are recorded. */
@Component
class StoredUnreleasedPackets implements UnreleasedPackets {

  private final JdbcClient database;

  /** Asked for late: it needs Camel, and Camel's component needs the connections that need us. */
  private final ObjectProvider<GroupCommit> groupCommit;

  private final Leases leases;

  StoredUnreleasedPackets(
      JdbcClient database, ObjectProvider<GroupCommit> groupCommit, Leases leases) {
    this.leases = leases;
    this.database = database;
    this.groupCommit = groupCommit;
  }

  @Override
  public Map<Integer, Unreleased> load(String connection) {
    Map<Integer, Unreleased> kept = new HashMap<>();
    database
        .sql(
            """
            select packet_identifier, recipient, fingerprint from unreleased_packet
            where connection = ?
            """)
        .param(connection)
        .query(
            row -> {
              long fingerprint = row.getLong("fingerprint");
              kept.computeIfAbsent(
                      row.getInt("packet_identifier"),
                      id -> new Unreleased(fingerprint, new HashSet<>()))
                  .recipients()
                  .add(row.getInt("recipient"));
            });
    return kept;
  }

  @Override
  public CompletableFuture<Void> release(String connection, int packetIdentifier) {
    return write(connection, lease -> Forgetting.one(lease, connection, packetIdentifier));
  }

  @Override
  public CompletableFuture<Void> clear(String connection) {
    return write(connection, lease -> Forgetting.all(lease, connection));
  }

  private CompletableFuture<Void> write(String connection, Function<Lease, Forgetting> forgetting) {
    Optional<Forgetting> own = leases.ofConnection(connection).map(forgetting);
    if (own.isEmpty()) {
      return CompletableFuture.failedFuture(new LeftToAnotherException(connection));
    }
    groupCommit.getObject().add(own.get());
    return own.get().done();
  }
}
