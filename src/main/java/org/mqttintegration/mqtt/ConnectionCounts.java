package org.mqttintegration.mqtt;

import java.util.concurrent.atomic.LongAdder;

/** What a connection counts, since it was opened first. */
public final class ConnectionCounts {

  private final LongAdder received = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder connects = new LongAdder();
  private final LongAdder losses = new LongAdder();
  private final LongAdder failures = new LongAdder();

  ConnectionCounts() {}

  void countReceived() {
    received.increment();
  }

  void countRepeated() {
    repeated.increment();
  }

  /**
   * The status changed.
   *
   * @param failed whether an attempt failed, or the connection ended, although it is wanted
   */
  void changed(ConnectionStatus.State before, ConnectionStatus.State now, boolean failed) {
    boolean was = before == ConnectionStatus.State.CONNECTED;
    if (now == ConnectionStatus.State.CONNECTED && !was) {
      connects.increment();
    } else if (failed && was) {
      losses.increment();
    } else if (failed) {
      failures.increment();
    }
  }

  /** The PUBLISH packets that came. */
  public long received() {
    return received.sum();
  }

  /** The QoS 2 messages among them that all had who were to have them. */
  public long repeated() {
    return repeated.sum();
  }

  /** How often the broker accepted the connection. */
  public long connects() {
    return connects.sum();
  }

  /** How often the connection was lost, although it was wanted. */
  public long losses() {
    return losses.sum();
  }

  /** How many attempts to connect failed. */
  public long failures() {
    return failures.sum();
  }
}
