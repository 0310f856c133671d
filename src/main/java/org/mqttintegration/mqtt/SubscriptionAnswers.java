package org.mqttintegration.mqtt;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lets callers wait for what brokers answer to subscriptions. */
@Component
public class SubscriptionAnswers {

  private final MqttConnections connections;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  public SubscriptionAnswers(MqttConnections connections) {
    this.connections = connections;
  }

  /**
   * Waits until the broker granted or refused a subscription.
   *
   * @param limit the longest wait
   * @return where it stands then; empty when no endpoint with that identifier is started
   */
  public Optional<SubscriptionStatus> await(String key, int identifier, Duration limit) {
    lock.lock();
    try {
      long nanos = limit.toNanos();
      while (nanos > 0 && isAwaited(key, identifier)) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return connections.subscription(key, identifier);
  }

  private boolean isAwaited(String key, int identifier) {
    return connections
        .subscription(key, identifier)
        .filter(status -> status.state() == SubscriptionStatus.State.SUBSCRIBING)
        .isPresent();
  }

  @EventListener
  public void on(SubscriptionChanged change) {
    wakeUp();
  }

  /** Lets callers look again: no answer comes for what is no longer wanted. */
  public void wakeUp() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
