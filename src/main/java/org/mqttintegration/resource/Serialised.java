package org.mqttintegration.resource;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Lets changes of the same record happen one after the other, and those of others beside. */
public final class Serialised {

  private static final int STRIPES = 256;

  private final ReentrantLock[] stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

  /** Does the work when nothing else runs for that id. */
  public void run(long id, Runnable work) {
    ReentrantLock stripe = stripes[Math.floorMod(id, STRIPES)];
    stripe.lock();
    try {
      work.run();
    } finally {
      stripe.unlock();
    }
  }
}
