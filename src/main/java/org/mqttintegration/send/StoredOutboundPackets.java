package org.mqttintegration.send;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.mqttintegration.history.SentRecorder;
import org.mqttintegration.history.SentRecorder.Change;
import org.mqttintegration.mqtt.OutboundPackets;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps them in the database, in order with outcomes. */
@Component
class StoredOutboundPackets implements OutboundPackets {

  private final JdbcClient database;

  /** Asked for late: it needs Camel, and Camel's component needs the connections that need us. */
  private final ObjectProvider<SentRecorder> recorder;

  StoredOutboundPackets(JdbcClient database, ObjectProvider<SentRecorder> recorder) {
    this.database = database;
    this.recorder = recorder;
  }

  @Override
  public List<Begun> load(String connection) {
    return database
        .sql("select send_id, packet_identifier, taken from outbound_packet where connection = ?")
        .param(connection)
        .query(
            (row, number) ->
                new Begun(
                    row.getLong("send_id"),
                    row.getInt("packet_identifier"),
                    row.getBoolean("taken")))
        .list();
  }

  @Override
  public CompletableFuture<Void> begin(String connection, long message, int packetIdentifier) {
    if (message < 0) { // no send
      return CompletableFuture.completedFuture(null);
    }
    return change(
        connection,
        (jdbc, historyId) ->
            jdbc.sql(
                    """
                    insert into outbound_packet (connection, send_id, packet_identifier, taken)
                    values (:connection, :send, :packet, false)
                    on conflict (send_id) do update
                      set connection = excluded.connection, taken = false,
                          packet_identifier = excluded.packet_identifier
                    """)
                .param("connection", connection)
                .param("send", message)
                .param("packet", packetIdentifier)
                .update());
  }

  @Override
  public CompletableFuture<Void> taken(String connection, long message) {
    return change(
        connection,
        (jdbc, historyId) ->
            jdbc.sql("update outbound_packet set taken = true where send_id = ?")
                .param(message)
                .update());
  }

  @Override
  public CompletableFuture<Void> clear(String connection) {
    return change(
        connection,
        (jdbc, historyId) ->
            jdbc.sql("delete from outbound_packet where connection = ? and not taken")
                .param(connection)
                .update());
  }

  private CompletableFuture<Void> change(String connection, Change change) {
    return recorder.getObject().record(connection, change);
  }
}
