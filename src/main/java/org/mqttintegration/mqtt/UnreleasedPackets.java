package org.mqttintegration.mqtt;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps which QoS 2 messages are recorded and not yet released by the broker, so that a message is
 * known when it is delivered again after we were killed (MQTT 5, section 4.3.3). Whoever records a
 * message adds it in the transaction that records it, for each of its recipients; see {@link
 * ReceivedMessage.Delivery}. What is asked of it is done in order, after what was recorded before.
 */
public interface UnreleasedPackets {

  /** What is kept of a connection, by packet identifier. Blocks. */
  Map<Integer, Unreleased> load(String connection);

  /** Forgets one; completes when that is committed. */
  CompletableFuture<Void> release(String connection, int packetIdentifier);

  /**
   * A message that is recorded and not released.
   *
   * @param fingerprint see {@link ReceivedMessage.Delivery}
   * @param recipients whom it is recorded for
   */
  record Unreleased(long fingerprint, Set<Integer> recipients) {}

  /** Forgets all of a connection, as its session is gone; completes when that is committed. */
  CompletableFuture<Void> clear(String connection);
}
