package org.mqttintegration.activity;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mqttintegration.resource.DaemonThreads;
import org.mqttintegration.resource.SqlState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Tells followers, some at a time; a receiver that is slow holds up no other work. */
@Component
class DeliveryThread implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryThread.class);
  private static final int AT_ONCE = 4;
  private static final long TICK_MILLIS = 500;
  private static final long TIDY_MINUTES = 60;
  private static final long STOP_SECONDS = 5;

  private final Deliveries deliveries;
  private final MailDelivery mail;
  private final WebhookDelivery webhook;
  private final ScheduledExecutorService thread;
  private final ScheduledExecutorService senders;
  private volatile boolean running;

  DeliveryThread(Deliveries deliveries, MailDelivery mail, WebhookDelivery webhook) {
    this.deliveries = deliveries;
    this.mail = mail;
    this.webhook = webhook;
    this.thread = Executors.newSingleThreadScheduledExecutor(new DaemonThreads("deliveries-"));
    this.senders = Executors.newScheduledThreadPool(AT_ONCE, new DaemonThreads("delivery-"));
  }

  private void work() {
    withDatabase(
        () -> {
          deliveries.assemble();
          List<Delivery> leased = deliveries.lease(AT_ONCE);
          while (running && !leased.isEmpty()) {
            send(leased);
            leased = deliveries.lease(AT_ONCE);
          }
        });
  }

  private void send(List<Delivery> leased) {
    List<Future<?>> sending =
        leased.stream().<Future<?>>map(one -> senders.submit(() -> send(one))).toList();
    for (Future<?> one : sending) {
      try {
        one.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (java.util.concurrent.ExecutionException e) {
        withDatabase(() -> rethrow(e));
      }
    }
  }

  private static void rethrow(java.util.concurrent.ExecutionException e) {
    throw new IllegalStateException(e.getCause());
  }

  /** Where the commit fails after the receiver took it, it is told again, with the same id. */
  private void send(Delivery delivery) {
    try {
      switch (delivery.type()) {
        case USER, MAIL -> mail.send(delivery);
        case WEBHOOK -> webhook.send(delivery);
      }
      deliveries.sent(delivery);
    } catch (DeliveryFailure e) {
      deliveries.failed(delivery, e.getMessage());
      LOG.warn(
          "follower not told follower={} delivery={} attempt={} reason={}",
          delivery.followerId(),
          delivery.id(),
          delivery.attempts(),
          e.getMessage());
    }
  }

  private void withDatabase(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      if (!SqlState.isAway(e)) {
        LOG.warn("deliveries wait reason={}", e.toString());
      }
    }
  }

  @Override
  public void start() {
    running = true;
    thread.scheduleWithFixedDelay(this::work, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    thread.scheduleWithFixedDelay(
        () -> withDatabase(deliveries::tidy), 1, TIDY_MINUTES, TimeUnit.MINUTES);
  }

  @Override
  public void stop() {
    running = false;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    senders.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
