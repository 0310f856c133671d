package org.mqttintegration.mqtt;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps which QoS 2 messages we have begun to send, so that each goes on where it was after we were
 * killed (MQTT 5, section 4.3.3). A message is known by a number of whoever sends it, who removes
 * it in the transaction that stores its outcome, and says so with {@link MqttConnections#settled}.
 * What is asked of it is done in order.
 */
public interface OutboundPackets {

  /**
   * A message that has a packet identifier.
   *
   * @param taken whether the broker has it (PUBREC)
   */
  record Begun(long message, int packetIdentifier, boolean taken) {}

  /** What is kept of a connection. Blocks. */
  List<Begun> load(String connection);

  /** A message gets a packet identifier; completes when that is committed. */
  CompletableFuture<Void> begin(String connection, long message, int packetIdentifier);

  /** The broker has a message; completes when that is committed. */
  CompletableFuture<Void> taken(String connection, long message);

  /** The session is gone: forgets all that the broker has not. */
  CompletableFuture<Void> clear(String connection);
}
