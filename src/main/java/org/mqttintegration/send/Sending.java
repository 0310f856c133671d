package org.mqttintegration.send;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.activity.RecordEvent;
import org.mqttintegration.activity.RecordEvents;
import org.mqttintegration.activity.RecordKind;
import org.mqttintegration.activity.RecordRef;
import org.mqttintegration.mqtt.BrokerCapabilities;
import org.mqttintegration.mqtt.ConnectionKey;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.mqttintegration.mqtt.LeftToAnotherException;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.node.Lease;
import org.mqttintegration.node.Leases;
import org.mqttintegration.send.SendStore.Loaded;
import org.mqttintegration.telemetry.Traces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * The way of a send of a {@link BrokerQueue}: loaded, published, and its outcome stored. On the
 * {@link OutboxThread}.
 */
@Component
class Sending {

  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);
  private static final int LOAD = 200;
  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration DATABASE_AGAIN = Duration.ofSeconds(1);

  private final OutboxThread thread;
  private final SendStore store;
  private final Publisher publisher;
  private final Outcomes outcomes;
  private final SendBacklog backlog;
  private final SendMeters meters;
  private final MqttConnections connections;
  private final Leases leases;
  private final RecordEvents events;
  private final Traces traces;
  private final SendSettings settings;
  private final RetryDelay retryDelay;

  /** What is with a broker. */
  private final Set<Long> inFlight = ConcurrentHashMap.newKeySet();

  private volatile boolean running;

  Sending(
      OutboxThread thread,
      SendStore store,
      Publisher publisher,
      Outcomes outcomes,
      SendBacklog backlog,
      SendMeters meters,
      MqttConnections connections,
      Leases leases,
      RecordEvents events,
      Traces traces,
      SendSettings settings) {
    this.thread = thread;
    this.store = store;
    this.publisher = publisher;
    this.outcomes = outcomes;
    this.backlog = backlog;
    this.meters = meters;
    this.connections = connections;
    this.leases = leases;
    this.events = events;
    this.traces = traces;
    this.settings = settings;
    this.retryDelay = new RetryDelay(settings);
  }

  void start() {
    running = true;
  }

  /** From now on nothing more is published. */
  void stop() {
    running = false;
  }

  boolean isRunning() {
    return running;
  }

  /** What is with the brokers now. On any thread. */
  Set<Long> inFlight() {
    return Set.copyOf(inFlight);
  }

  /** Whether the broker's answer to a send is awaited. On any thread. */
  boolean isInFlight(long id) {
    return inFlight.contains(id);
  }

  /** Publishes what can be published now. */
  void work(BrokerQueue queue) {
    if (!running || queue.isClosed() || !isConnected(queue)) {
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
    return connections.status(key(queue)).state() == State.CONNECTED
        && leases.isValid(Lease.ofConnection(key(queue)));
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
    return ConnectionKey.of(queue.brokerId());
  }

  private void load(BrokerQueue queue) {
    int room = settings.window() - queue.size();
    long bytes = settings.windowBytes().toBytes() - queue.bytes();
    if (!queue.mayHaveMore() || room <= 0 || bytes <= 0) {
      return;
    }
    List<String> full = queue.fullTopics();
    boolean loaded =
        thread.withDatabase(
            () -> {
              Loaded waiting =
                  store.waiting(queue.brokerId(), queue.known(), full, Math.min(LOAD, room), bytes);
              waiting.sends().forEach(queue::add);
              waiting.sends().forEach(send -> offerWhenDue(queue, send));
              queue.setMore(waiting.more());
            });
    if (!loaded) {
      thread.runAfter(DATABASE_AGAIN, () -> work(queue));
    }
  }

  private void attempt(BrokerQueue queue, QueuedSend send) {
    if (send.isExpired(Instant.now())) {
      queue.pass(send);
      end(queue, send, Verdict.EXPIRED);
      return;
    }
    send.begin();
    inFlight.add(send.id());
    publisher.publish(send, verdict -> thread.run(() -> answered(queue, send, verdict)));
  }

  private void answered(BrokerQueue queue, QueuedSend send, Verdict verdict) {
    inFlight.remove(send.id());
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
    offerWhenDue(queue, send);
  }

  private void offerWhenDue(BrokerQueue queue, QueuedSend send) {
    Instant due = send.notBefore();
    if (due != null) {
      thread.runAfter(
          Duration.between(Instant.now(), due).plusMillis(1),
          () -> {
            queue.offer(send.topic());
            work(queue);
          });
    }
  }

  /** Stores the outcome of one that is neither waiting nor on its way any more. */
  void end(BrokerQueue queue, QueuedSend send, Verdict verdict) {
    outcomes
        .store(send, verdict)
        .exceptionallyCompose(refused -> outcomes.storeAlone(send, verdict))
        .whenComplete((nothing, failure) -> thread.run(() -> ended(queue, send, verdict, failure)));
  }

  /** Of a signal that was not sent. */
  private void tell(QueuedSend send, Verdict verdict) {
    Long signal = send.signalId();
    SendStatus status = verdict.status();
    if (signal == null || status.isSent() || status == SendStatus.CANCELLED) {
      return;
    }
    String event = "send" + StringUtils.capitalize(status.word());
    events.happened(
        RecordEvent.failure(
            RecordRef.of(RecordKind.SIGNAL, signal, ""),
            event,
            "Send %d: %s".formatted(send.id(), verdict.reason())));
  }

  private void trace(QueuedSend send, Verdict verdict) {
    if (traces.areOn()) {
      traces.sent(
          send.id(),
          send.brokerId(),
          send.acceptedAt(),
          send.properties().userProperty(Traces.TRACEPARENT),
          verdict.status().word(),
          verdict.status().isSent());
    }
  }

  /** Another node has the broker, and the send with it. */
  private static boolean isAnothers(Throwable failure) {
    return failure instanceof LeftToAnotherException
        || failure.getCause() instanceof LeftToAnotherException;
  }

  private void ended(
      BrokerQueue queue, QueuedSend send, Verdict verdict, @Nullable Throwable failure) {
    if (failure != null) {
      if (running
          && !queue.isClosed()
          && !isAnothers(failure)) { // else it waits still, and is sent again after the start
        // known for ever, so that it is not sent a second time
        LOG.error("send_outcome=not_stored {} status={}", send, verdict.status());
      }
      return;
    }
    queue.forget(send);
    if (send.qos() == 2 && Outcomes.isSettled(verdict)) {
      connections.settled(key(queue), send.id());
    }
    tell(send, verdict);
    meters.finished(verdict.status(), send);
    trace(send, verdict);
    backlog.left(queue.brokerId());
    outcomes.committed(send.id());
    work(queue);
  }
}
