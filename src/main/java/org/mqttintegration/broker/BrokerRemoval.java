package org.mqttintegration.broker;

import java.util.ArrayList;
import java.util.List;

/**
 * An application event: a broker shall be deleted. Published inside the transaction that deletes
 * it. Whoever uses the broker either deletes what does, when {@link #cascade()}, or objects.
 */
public final class BrokerRemoval {

  private final long brokerId;
  private final boolean cascade;
  private final List<String> uses = new ArrayList<>();

  BrokerRemoval(long brokerId, boolean cascade) {
    this.brokerId = brokerId;
    this.cascade = cascade;
  }

  public long brokerId() {
    return brokerId;
  }

  /** Whether what uses the broker goes with it. */
  public boolean cascade() {
    return cascade;
  }

  /**
   * Objects: the broker is in use.
   *
   * @param count by how many, nothing happens when it is none
   * @param kind what they are, for a person to read
   */
  public void usedBy(long count, String kind) {
    if (count > 0) {
      uses.add("%,d %s%s".formatted(count, kind, count == 1 ? "" : "s"));
    }
  }

  /** Who objected. */
  List<String> uses() {
    return uses.stream().sorted().toList();
  }
}
