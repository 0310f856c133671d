package org.mqttintegration.mqtt;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Keeps begun packets as long as a test needs them; it answers at once, or when told. */
final class BegunInMemory implements OutboundPackets {

  final Map<Long, Begun> kept = new TreeMap<>();

  /** What begin and taken answer with. */
  volatile CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);

  @Override
  public synchronized List<Begun> load(String connection) {
    return List.copyOf(kept.values());
  }

  @Override
  public synchronized CompletableFuture<Void> begin(
      String connection, long message, int packetIdentifier) {
    kept.put(message, new Begun(message, packetIdentifier, false));
    return answer;
  }

  @Override
  public synchronized CompletableFuture<Void> taken(String connection, long message) {
    kept.computeIfPresent(message, (m, begun) -> new Begun(m, begun.packetIdentifier(), true));
    return answer;
  }

  @Override
  public synchronized CompletableFuture<Void> clear(String connection) {
    kept.values().removeIf(begun -> !begun.taken());
    return answer;
  }
}
