package org.mqttintegration.subscription;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.mqtt.SubscriptionChanged;
import org.mqttintegration.mqtt.SubscriptionStatus;
import org.mqttintegration.mqtt.SubscriptionStatus.State;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What brokers answer to subscriptions: lets callers wait for it, and stores when it came. */
@Component
class BrokerAnswers {

  private final MqttConnections connections;
  private final GrantTimes times;
  private final Duration limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  BrokerAnswers(MqttConnections connections, GrantTimes times, SubscriptionSettings settings) {
    this.connections = connections;
    this.times = times;
    this.limit = settings.answerTimeout();
  }

  /** What the broker said, empty while the subscription has no route. */
  Optional<SubscriptionStatus> status(SubscriptionEntity subscription) {
    return connections.subscription(subscription.connectionKey(), subscription.identifier());
  }

  /** Waits until the broker granted or refused, at most for the time that the settings give. */
  void await(SubscriptionEntity subscription) {
    lock.lock();
    try {
      long nanos = limit.toNanos();
      while (nanos > 0 && isAwaited(subscription)) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @EventListener
  void on(SubscriptionChanged change) {
    wakeUp();
    if (change.status().state() == State.SUBSCRIBED) {
      times.store(change.identifier(), change.status().since().truncatedTo(ChronoUnit.MICROS));
    }
  }

  private boolean isAwaited(SubscriptionEntity subscription) {
    return status(subscription).filter(s -> s.state() == State.SUBSCRIBING).isPresent();
  }

  /** Lets callers look again: no answer comes for what is no longer wanted. */
  void wakeUp() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
