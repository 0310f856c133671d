package org.mqttintegration.node;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.node.NodeStore.Running;

/**
 * Which nodes live: those whose sign of life changed within the lease time, as this node saw it. Of
 * a time in which it could not look, little counts, since the others could not give a sign either.
 * Some of it does: where each look takes long, a node that is gone would live for ever.
 *
 * <p>For one thread.
 */
final class LiveNodes {

  /** Of the lease time, what counts at most between two looks; they are a fifth of it apart. */
  private static final int LOOKS = 4;

  private final UUID self;
  private final long leaseNanos;
  private final Map<UUID, Sign> signs = new HashMap<>();
  private long lookedAt;

  /** A sign of life, and for how long this node saw no other one. */
  private record Sign(OffsetDateTime seenAt, long silentNanos) {}

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
    long counts = Math.min(now - lookedAt, leaseNanos / LOOKS);
    Map<UUID, Sign> before = Map.copyOf(signs);
    signs.clear();
    for (Running node : nodes) {
      signs.put(node.id(), new Sign(node.seenAt(), silence(node, before.get(node.id()), counts)));
    }
    lookedAt = now;
  }

  private long silence(Running node, @Nullable Sign last, long counts) {
    if (last == null) {
      return node.silence().toNanos() < leaseNanos ? 0 : leaseNanos;
    }
    return last.seenAt().equals(node.seenAt()) ? last.silentNanos() + counts : 0;
  }

  /** This node is one of them. */
  Set<UUID> alive() {
    Set<UUID> alive = new HashSet<>();
    alive.add(self);
    signs.forEach(
        (id, sign) -> {
          if (sign.silentNanos() < leaseNanos) {
            alive.add(id);
          }
        });
    return alive;
  }
}
