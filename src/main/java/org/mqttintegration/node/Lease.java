package org.mqttintegration.node;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * That this node has something which one node may have at a time.
 *
 * <p>It is the node's until another has claimed it, which the node may learn late: what is written
 * is fenced ({@link Fence}), and what leaves the node otherwise asks {@link #isValid} before.
 */
public final class Lease {

  private static final String CONNECTION = "connection/";

  private final String name;
  private final long epoch;
  private final long validNanos;
  private final long claimedAt = System.nanoTime();
  private volatile long heldAt = claimedAt;
  private volatile boolean leading = true;
  private volatile boolean lost;

  Lease(String name, long epoch, Duration leaseTime) {
    this.name = name;
    this.epoch = epoch;
    this.validNanos = leaseTime.toNanos();
  }

  /** The name of the lease of a connection, by the connection's key. */
  public static String ofConnection(String key) {
    return CONNECTION + key;
  }

  /** The key of the connection that this is the lease of, null when it is of something else. */
  public @Nullable String connection() {
    return name.startsWith(CONNECTION) ? name.substring(CONNECTION.length()) : null;
  }

  /** The name of the lease of a route. */
  public static String ofRoute(String name) {
    return "route/" + name;
  }

  public String name() {
    return name;
  }

  /** Rises whenever another node gets the lease. */
  public long epoch() {
    return epoch;
  }

  /**
   * Whether it was the node's for certain within the lease time. Also false when the process was
   * frozen, or the database is away, for longer than that.
   */
  public boolean isValid() {
    return leading && !lost && System.nanoTime() - heldAt < validNanos;
  }

  /** Whether another node has it, or may have. */
  public boolean isLost() {
    return lost;
  }

  /** It was held when that was asked for. */
  void heldAt(long nanos) {
    heldAt = nanos;
  }

  boolean isNewerThan(long nanos) {
    return claimedAt - nanos > 0;
  }

  void setLeading(boolean leading) {
    this.leading = leading;
  }

  void lose() {
    lost = true;
  }

  @Override
  public String toString() {
    return "lease=%s epoch=%d".formatted(name, epoch);
  }
}
