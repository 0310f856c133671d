package org.mqttintegration.mqtt;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Keeps unreleased packets as long as a test needs them; it answers at once, or when told. */
final class KeptInMemory implements UnreleasedPackets {

  final Map<Integer, Unreleased> kept = new HashMap<>();

  /** What release and clear answer with. */
  volatile CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);

  @Override
  public synchronized Map<Integer, Unreleased> load(String connection) {
    return Map.copyOf(kept);
  }

  @Override
  public synchronized CompletableFuture<Void> release(String connection, int packetIdentifier) {
    kept.remove(packetIdentifier);
    return answer;
  }

  @Override
  public synchronized CompletableFuture<Void> clear(String connection) {
    kept.clear();
    return answer;
  }
}
