package org.mqttintegration.send;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.BrokerRemoved;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.mqtt.BrokerCapabilities;
import org.mqttintegration.mqtt.ConnectionChanged;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.send.SendStore.Loaded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Publishes what waits in the outbox: of each topic of a broker one after the other, different
 * topics and brokers side by side. It knows no more than a window of what waits; all of it is in
 * the database, and nothing here has to survive.
 *
 * <p>All is done on one thread, which waits for nothing but the database.
 */
@Component
class Dispatcher implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final int LOAD = 200;
  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final long STOP_SECONDS = 5;

  private final SendStore store;
  private final Publisher publisher;
  private final Outcomes outcomes;
  private final SendBacklog backlog;
  private final SendMeters meters;
  private final MqttConnections connections;
  private final SendSettings settings;
  private final RetryDelay retryDelay;

  private final Map<Long, BrokerQueue> queues = new HashMap<>();

  /** Brokers that will be looked at. */
  private final Set<Long> woken = ConcurrentHashMap.newKeySet();

  /** What is with a broker. */
  private final Set<Long> sending = ConcurrentHashMap.newKeySet();

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, new CustomizableThreadFactory("outbox-"));
  private volatile boolean running;
  private boolean databaseAway;

  Dispatcher(
      SendStore store,
      Publisher publisher,
      Outcomes outcomes,
      SendBacklog backlog,
      SendMeters meters,
      MqttConnections connections,
      SendSettings settings) {
    this.store = store;
    this.publisher = publisher;
    this.outcomes = outcomes;
    this.backlog = backlog;
    this.meters = meters;
    this.connections = connections;
    this.settings = settings;
    this.retryDelay = new RetryDelay(settings);
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Something new waits for a broker, or it can be sent to again. */
  void wake(long brokerId) {
    if (woken.add(brokerId)) {
      run(
          () -> {
            woken.remove(brokerId);
            BrokerQueue queue = queues.computeIfAbsent(brokerId, BrokerQueue::new);
            queue.setMore(true);
            work(queue);
          });
    }
  }

  /** Whether the broker's answer to a send is awaited. */
  boolean isSending(long id) {
    return sending.contains(id);
  }

  /** What is with the brokers now. */
  Set<Long> sending() {
    return Set.copyOf(sending);
  }

  /** Cancels a send that waits; completes with whether it did, when that is committed. */
  CompletableFuture<Boolean> cancel(long id) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    run(
        () -> {
          try {
            cancel(id, done);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  private void cancel(long id, CompletableFuture<Boolean> done) {
    for (BrokerQueue queue : queues.values()) {
      if (queue.known().contains(id)) {
        queue
            .withdraw(id)
            .ifPresentOrElse(
                send -> {
                  end(queue, send, new Verdict(Verdict.Next.END, SendStatus.CANCELLED, null, null));
                  outcomes.of(id).thenRun(() -> done.complete(true));
                  work(queue);
                },
                () -> done.complete(false));
        return;
      }
    }
    boolean cancelled = store.cancel(id, Instant.now());
    if (cancelled) {
      meters.finished(SendStatus.CANCELLED, null);
      outcomes.committed(id);
    }
    done.complete(cancelled);
  }

  @EventListener
  void on(ConnectionChanged event) {
    if (event.status().state() == State.CONNECTED) {
      Long brokerId = Brokers.ofConnection(event.key());
      if (brokerId != null) {
        wake(brokerId);
      }
    }
  }

  /** What waited for it is cancelled in the transaction that removed it. */
  @EventListener
  void on(BrokerRemoved event) {
    run(
        () -> {
          BrokerQueue queue = queues.remove(event.brokerId());
          if (queue != null) {
            queue.known().forEach(outcomes::committed);
          }
        });
  }

  private void work(BrokerQueue queue) {
    if (!running || !isConnected(queue) || queues.get(queue.brokerId()) != queue) {
      return;
    }
    load(queue);
    int limit = inFlightLimit(queue);
    QueuedSend send;
    while (queue.inFlight() < limit && (send = queue.next(Instant.now())) != null) {
      attempt(queue, send);
    }
  }

  private boolean isConnected(BrokerQueue queue) {
    return connections.status(key(queue)).state() == State.CONNECTED;
  }

  /** Half of what the broker takes: Paho counts what is answered for a moment longer. */
  private int inFlightLimit(BrokerQueue queue) {
    int receiveMaximum =
        connections
            .capabilities(key(queue))
            .map(BrokerCapabilities::receiveMaximum)
            .orElse(settings.inFlight());
    return Math.max(1, Math.min(settings.inFlight(), receiveMaximum / 2));
  }

  private static String key(BrokerQueue queue) {
    return Brokers.connectionKey(queue.brokerId());
  }

  private void load(BrokerQueue queue) {
    int room = settings.window() - queue.size();
    long bytes = settings.windowBytes().toBytes() - queue.bytes();
    if (!queue.mayHaveMore() || room <= 0 || bytes <= 0) {
      return;
    }
    try {
      List<String> full = queue.fullTopics();
      int limit = Math.min(LOAD, room);
      Loaded loaded = store.waiting(queue.brokerId(), queue.known(), full, limit, bytes);
      loaded.sends().forEach(queue::add);
      loaded.sends().forEach(send -> offerAt(queue, send));
      queue.setMore(loaded.more() || !full.isEmpty());
      databaseAway = false;
    } catch (RuntimeException e) {
      away(e);
      schedule(() -> wake(queue.brokerId()), SWEEP);
    }
  }

  private void attempt(BrokerQueue queue, QueuedSend send) {
    if (send.isExpired(Instant.now())) {
      queue.pass(send);
      end(queue, send, new Verdict(Verdict.Next.END, SendStatus.EXPIRED, null, Outcomes.TOO_LATE));
      return;
    }
    send.begin();
    sending.add(send.id());
    publisher.publish(send, verdict -> run(() -> answered(queue, send, verdict)));
  }

  private void answered(BrokerQueue queue, QueuedSend send, Verdict verdict) {
    sending.remove(send.id());
    boolean again = verdict.next() == Verdict.Next.RETRY && send.attempts() < settings.attempts();
    if (verdict.next() == Verdict.Next.WAIT) {
      send.undo();
      putBack(queue, send, SOON);
    } else if (again) {
      putBack(queue, send, retryDelay.after(send.attempts()));
      outcomes.storeAttempt(send, verdict);
    } else {
      queue.pass(send);
      end(queue, send, verdict);
    }
    work(queue);
  }

  private void putBack(BrokerQueue queue, QueuedSend send, Duration delay) {
    send.delayUntil(Instant.now().plus(delay));
    queue.putBack(send);
    offerAt(queue, send);
  }

  private void offerAt(BrokerQueue queue, QueuedSend send) {
    Instant due = send.notBefore();
    if (due != null) {
      schedule(
          () -> {
            queue.offer(send.topic());
            work(queue);
          },
          Duration.between(Instant.now(), due).plusMillis(1));
    }
  }

  private void end(BrokerQueue queue, QueuedSend send, Verdict verdict) {
    outcomes
        .store(send, verdict)
        .exceptionallyCompose(refused -> outcomes.storeAlone(send, verdict))
        .whenComplete((nothing, failure) -> run(() -> ended(queue, send, verdict, failure)));
  }

  private void ended(
      BrokerQueue queue, QueuedSend send, Verdict verdict, @Nullable Throwable failure) {
    if (failure != null && !running) {
      return; // it waits still, and is sent again after the start
    }
    if (failure != null) { // known for ever, so that it is not sent a second time
      LOG.error("send_outcome=not_stored {} status={}", send, verdict.status());
      return;
    }
    queue.forget(send);
    if (send.qos() == 2 && Outcomes.isSettled(verdict)) {
      connections.settled(key(queue), send.id());
    }
    meters.finished(verdict.status(), send);
    backlog.left(queue.brokerId());
    outcomes.committed(send.id());
    work(queue);
  }

  private void sweep() {
    try {
      Instant now = Instant.now();
      for (BrokerQueue queue : queues.values()) {
        for (QueuedSend send : queue.withdrawExpired(now)) {
          end(
              queue,
              send,
              new Verdict(Verdict.Next.END, SendStatus.EXPIRED, null, Outcomes.TOO_LATE));
        }
      }
      List<Long> known = queues.values().stream().flatMap(q -> q.known().stream()).toList();
      for (Long expired : store.expire(now, known)) {
        meters.finished(SendStatus.EXPIRED, null);
        outcomes.committed(expired);
      }
      backlog.set(store.waiting());
      databaseAway = false;
    } catch (RuntimeException e) {
      away(e);
    }
  }

  private void away(RuntimeException e) {
    if (!databaseAway) {
      LOG.warn("outbox=waiting reason=\"{}\"", e.getClass().getSimpleName());
      databaseAway = true;
    }
  }

  private void run(Runnable task) {
    schedule(task, Duration.ZERO);
  }

  private void schedule(Runnable task, Duration delay) {
    Runnable logged =
        () -> {
          try {
            task.run();
          } catch (RuntimeException | Error e) {
            LOG.error("outbox=failed", e);
          }
        };
    try {
      if (delay.isZero()) {
        thread.execute(logged);
      } else {
        thread.schedule(logged, Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS);
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("outbox has stopped", e);
    }
  }

  @Override
  public void start() {
    running = true;
    thread.scheduleWithFixedDelay(
        this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sends nothing more, and waits a little for what is with the brokers. */
  @Override
  public void stop() {
    running = false;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
    try {
      while (!sending.isEmpty() && System.nanoTime() < deadline) {
        Thread.sleep(10);
      }
      thread.shutdown();
      thread.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stopped before the connections that it sends through. */
  @Override
  public int getPhase() {
    return MqttConnections.PHASE + 1;
  }
}
