package org.mqttintegration.mqtt;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many QoS 1 and 2 messages are in memory, and how many may be: of all connections, or of one,
 * whose share is half of it. So one that is flooded leaves room to the others.
 */
final class InFlight {

  private static final int SHARE = 2;

  private final @Nullable InFlight whole;
  private final int limit;
  private final long limitBytes;
  private final AtomicInteger messages = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  private InFlight(@Nullable InFlight whole, int limit, long limitBytes) {
    this.whole = whole;
    this.limit = limit;
    this.limitBytes = limitBytes;
  }

  static InFlight ofAll(MqttSettings settings) {
    return new InFlight(null, settings.inFlightLimit(), settings.inFlightBytes().toBytes());
  }

  InFlight ofConnection() {
    return new InFlight(this, Math.max(1, limit / SHARE), limitBytes / SHARE);
  }

  /** Copies of a message came, for one recipient each. */
  void add(int copies, int payloadBytes) {
    count(copies, (long) copies * payloadBytes);
  }

  /** One of them is done. */
  void remove(int payloadBytes) {
    count(-1, -payloadBytes);
  }

  private void count(int copies, long size) {
    messages.addAndGet(copies);
    bytes.addAndGet(size);
    if (whole != null) {
      whole.count(copies, size);
    }
  }

  boolean isEmpty() {
    return messages.get() == 0;
  }

  /** Whether one more message of that QoS is too much. */
  boolean isFull(int qos) {
    return fill() >= 1 || isWholeFull(qos);
  }

  private boolean isWholeFull(int qos) {
    return qos > 0 && whole != null && whole.fill() >= 1;
  }

  /**
   * Whether so much is done that reading may go on: half of its own, so as not to stop and go with
   * each message. Of the whole any room will do; to wait for half of it could be for ever.
   */
  boolean isRelieved(int qos) {
    return fill() <= 0.5 && !isWholeFull(qos);
  }

  /** How full it is, from 0 to 1, and a little above. */
  double fill() {
    return Math.max((double) messages.get() / limit, (double) bytes.get() / limitBytes);
  }
}
