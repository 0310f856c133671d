package org.mqttintegration.history;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.mqttintegration.mqtt.UnreleasedPackets;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps them in the database, in order with the messages that are recorded. */
@Component
class StoredUnreleasedPackets implements UnreleasedPackets {

  private final JdbcClient database;

  /** Asked for late: it needs Camel, and Camel's component needs the connections that need us. */
  private final ObjectProvider<GroupCommit> groupCommit;

  StoredUnreleasedPackets(JdbcClient database, ObjectProvider<GroupCommit> groupCommit) {
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
    return write(Forgetting.one(connection, packetIdentifier));
  }

  @Override
  public CompletableFuture<Void> clear(String connection) {
    return write(Forgetting.all(connection));
  }

  private CompletableFuture<Void> write(Forgetting forgetting) {
    groupCommit.getObject().add(forgetting);
    return forgetting.done();
  }
}
