package org.mqttintegration.mqtt;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Acknowledges a message when all who took it have it safe. If one of them fails, the broker is
 * told nothing and delivers the message again when the session is resumed.
 */
final class Acknowledgement {

  private final Runnable acknowledge;
  private final AtomicInteger open;
  private volatile boolean failed;

  Acknowledgement(int receivers, Runnable acknowledge) {
    this.acknowledge = acknowledge;
    this.open = new AtomicInteger(receivers);
  }

  void done(boolean safe) {
    if (!safe) {
      failed = true;
    }
    if (open.decrementAndGet() == 0 && !failed) {
      acknowledge.run();
    }
  }
}
