package org.mqttintegration.node;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.mqttintegration.node.NodeStore.Running;

/**
 * Which nodes live: those whose sign of life changed within the lease time, as this node saw it. A
 * time in which it could not look does not count, since the others could not give a sign either.
 * For one thread.
 */
final class LiveNodes {

  private final UUID self;
  private final long leaseNanos;
  private final Map<UUID, Sign> signs = new HashMap<>();
  private long lookedAt;

  /** A sign of life, and when this node saw that it changed. */
  private record Sign(OffsetDateTime seenAt, long changedAt) {}

  LiveNodes(UUID self, Duration leaseTime, long now) {
    this.self = self;
    this.leaseNanos = leaseTime.toNanos();
    this.lookedAt = now;
  }

  /**
   * Takes a look.
   *
   * @param nodes those that have not said that they ended
   * @param now {@link System#nanoTime()}, of before they were asked for
   */
  void look(List<Running> nodes, long now) {
    boolean lookedAway = now - lookedAt > leaseNanos / 2;
    Map<UUID, Sign> before = Map.copyOf(signs);
    signs.clear();
    for (Running node : nodes) {
      Sign last = before.get(node.id());
      boolean isFirst = last == null && node.silence().toNanos() < leaseNanos;
      boolean changed = last != null && !last.seenAt().equals(node.seenAt());
      if (isFirst || changed || last != null && lookedAway) {
        signs.put(node.id(), new Sign(node.seenAt(), now));
      } else {
        signs.put(node.id(), last == null ? new Sign(node.seenAt(), now - leaseNanos) : last);
      }
    }
    lookedAt = now;
  }

  /** This node is one of them. */
  Set<UUID> alive() {
    Set<UUID> alive = new HashSet<>();
    alive.add(self);
    signs.forEach(
        (id, sign) -> {
          if (lookedAt - sign.changedAt() < leaseNanos) {
            alive.add(id);
          }
        });
    return alive;
  }
}
