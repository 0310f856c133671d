package org.mqttintegration.history;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.mqttintegration.node.Notice;
import org.mqttintegration.node.Notices;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells those who wait at the end of the history that it went on. */
@Component
class FeedBell {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private final Notices notices;
  private long times;

  FeedBell(Notices notices) {
    this.notices = notices;
  }

  /** This node recorded messages. */
  void ring() {
    ringHere();
    tellOthers();
  }

  /** Messages were recorded that nobody here waits for. */
  void tellOthers() {
    notices.tellSoon(Notices.HISTORY, "");
  }

  /** Another node did. */
  @EventListener
  void on(Notice notice) {
    if (notice.isOf(Notices.HISTORY)) {
      ringHere();
    }
  }

  private void ringHere() {
    lock.lock();
    try {
      times++;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How often it rang. */
  long times() {
    lock.lock();
    try {
      return times;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it rang more often than that, or the time is over. */
  void await(long heard, long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lockInterruptibly();
    try {
      while (times <= heard && left > 0) {
        left = rung.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
