package org.mqttintegration.send;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.mqttintegration.broker.BrokerRemoved;
import org.mqttintegration.mqtt.ConnectionChanged;
import org.mqttintegration.mqtt.ConnectionKey;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.node.LeaseLeft;
import org.mqttintegration.node.Leases;
import org.mqttintegration.node.Notice;
import org.mqttintegration.node.Notices;
import org.mqttintegration.send.SendStore.Waiting;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Publishes what waits in the outbox: of each topic of a broker one after the other, different
 * topics and brokers side by side. It knows no more than a window of what waits; all of it is in
 * the database, and nothing here has to survive.
 */
@Component
class Dispatcher implements SmartLifecycle {

  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final long STOP_SECONDS = 5;
  private static final long ELSEWHERE_SECONDS = 5;

  private final OutboxThread thread;
  private final Sending sending;
  private final SendStore store;
  private final Outcomes outcomes;
  private final SendBacklog backlog;
  private final SendMeters meters;
  private final Leases leases;
  private final Notices notices;

  /** On the thread only. */
  private final Map<Long, BrokerQueue> queues = new HashMap<>();

  /** Brokers that will be looked at. */
  private final Set<Long> woken = ConcurrentHashMap.newKeySet();

  Dispatcher(
      OutboxThread thread,
      Sending sending,
      SendStore store,
      Outcomes outcomes,
      SendBacklog backlog,
      SendMeters meters,
      Leases leases,
      Notices notices) {
    this.leases = leases;
    this.notices = notices;
    this.thread = thread;
    this.sending = sending;
    this.store = store;
    this.outcomes = outcomes;
    this.backlog = backlog;
    this.meters = meters;
  }

  /** Something new waits for a broker, or it can be sent to again; by whichever node has it. */
  void wake(long brokerId) {
    if (has(brokerId)) {
      wakeHere(brokerId);
    } else {
      notices.tellSoon(Notices.SENDS, brokerId);
    }
  }

  private boolean has(long brokerId) {
    return leases.ofConnection(ConnectionKey.of(brokerId)).isPresent();
  }

  private void wakeHere(long brokerId) {
    if (woken.add(brokerId)) {
      thread.run(
          () -> {
            woken.remove(brokerId);
            BrokerQueue queue = queues.computeIfAbsent(brokerId, BrokerQueue::new);
            queue.setMore(true);
            sending.work(queue);
          });
    }
  }

  /** Cancels a send that waits; completes with whether it did, when that is committed. */
  CompletableFuture<Boolean> cancel(long id) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    thread.run(
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
            .ifPresentOrElse(send -> cancel(queue, send, done), () -> done.complete(false));
        return;
      }
    }
    Optional<Long> broker = store.brokerOfWaiting(id);
    if (broker.isPresent() && !has(broker.get()) && leases.hasOthers()) {
      cancelElsewhere(id, done);
      return;
    }
    boolean cancelled = store.cancel(id, Instant.now());
    if (cancelled) {
      meters.finished(SendStatus.CANCELLED, null);
      outcomes.committed(id);
    }
    done.complete(cancelled);
  }

  /** The node that has the broker may have begun with it. */
  private void cancelElsewhere(long id, CompletableFuture<Boolean> done) {
    CompletableFuture<Void> outcome = outcomes.of(id);
    notices.tell(Notices.CANCEL, id);
    outcome
        .orTimeout(ELSEWHERE_SECONDS, TimeUnit.SECONDS)
        .whenComplete((nothing, late) -> thread.run(() -> done.complete(store.isCancelled(id))));
  }

  @EventListener
  void on(Notice notice) {
    if (notice.isOf(Notices.SENDS) && has(notice.id())) {
      wakeHere(notice.id());
    } else if (notice.isOf(Notices.CANCEL)) {
      thread.run(() -> cancelIfHere(notice.id()));
    }
  }

  private void cancelIfHere(long id) {
    if (store.brokerOfWaiting(id).filter(this::has).isPresent()) {
      cancel(id, new CompletableFuture<>());
    }
  }

  /** Another node goes on with what waits. */
  @EventListener
  void on(LeaseLeft left) {
    String connection = left.lease().connection();
    Long brokerId = connection == null ? null : ConnectionKey.ownBrokerId(connection);
    if (brokerId != null) {
      thread.run(() -> drop(brokerId));
    }
  }

  private void cancel(BrokerQueue queue, QueuedSend send, CompletableFuture<Boolean> done) {
    outcomes.of(send.id()).thenRun(() -> done.complete(true));
    sending.end(queue, send, Verdict.CANCELLED);
    sending.work(queue);
  }

  @EventListener
  void on(ConnectionChanged event) {
    Long brokerId = ConnectionKey.ownBrokerId(event.key());
    if (event.status().state() == State.CONNECTED && brokerId != null) {
      wakeHere(brokerId);
    }
  }

  private void drop(long brokerId) {
    BrokerQueue queue = queues.remove(brokerId);
    if (queue != null) {
      queue.close();
    }
  }

  /** What waited for it is cancelled in the transaction that removed it. */
  @EventListener
  void on(BrokerRemoved event) {
    thread.run(
        () -> {
          BrokerQueue queue = queues.remove(event.brokerId());
          if (queue != null) {
            queue.close();
            queue.known().forEach(outcomes::committed);
          }
        });
  }

  private void sweep() {
    thread.withDatabase(
        () -> {
          Instant now = Instant.now();
          queues.values().forEach(queue -> endExpired(queue, now));
          List<Long> known = queues.values().stream().flatMap(q -> q.known().stream()).toList();
          List<Waiting> waiting = store.waiting();
          List<Long> brokers = waiting.stream().map(Waiting::brokerId).filter(this::has).toList();
          for (Long expired : store.expire(now, brokers, known)) {
            meters.finished(SendStatus.EXPIRED, null);
            outcomes.committed(expired);
          }
          backlog.set(waiting);
          waiting.forEach(this::noteMore);
        });
    // a lease that is certain again, after the database was away, wakes nobody
    queues.values().forEach(sending::work);
  }

  /** Others accept sends too, and their notices may be lost. */
  private void noteMore(Waiting waiting) {
    if (has(waiting.brokerId())) {
      BrokerQueue queue = queues.computeIfAbsent(waiting.brokerId(), BrokerQueue::new);
      if (queue.size() < waiting.count()) {
        queue.setMore(true);
      }
    }
  }

  /** Other nodes store outcomes that are waited for here. */
  private void lookForOutcomes() {
    Set<Long> awaited = leases.hasOthers() ? outcomes.awaited() : Set.of();
    if (!awaited.isEmpty()) {
      thread.withDatabase(() -> store.finished(awaited).forEach(outcomes::committed));
    }
  }

  private void endExpired(BrokerQueue queue, Instant now) {
    queue.withdrawExpired(now).forEach(send -> sending.end(queue, send, Verdict.EXPIRED));
  }

  @Override
  public void start() {
    sending.start();
    thread.runEvery(SWEEP, this::sweep);
    thread.runEvery(LOOK, this::lookForOutcomes);
  }

  /** Sends nothing more, and waits a little for what is with the brokers. */
  @Override
  public void stop() {
    sending.stop();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
    try {
      while (!sending.inFlight().isEmpty() && System.nanoTime() < deadline) {
        Thread.sleep(10);
      }
      thread.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    outcomes.end(); // requests that wait are answered before the web server ends
  }

  @Override
  public boolean isRunning() {
    return sending.isRunning();
  }

  /** Stopped before the connections that it sends through. */
  @Override
  public int getPhase() {
    return MqttConnections.PHASE + 1;
  }
}
