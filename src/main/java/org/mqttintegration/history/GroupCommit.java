package org.mqttintegration.history;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.LeftToAnotherException;
import org.mqttintegration.mqtt.MqttHeaders;
import org.mqttintegration.mqtt.ReceivedMessage;
import org.mqttintegration.node.Lease;
import org.mqttintegration.node.Leases;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Stores received messages, those that wait at a time in one transaction, and then lets their
 * exchanges go on in order of arrival.
 *
 * <p>A lone message is written at once; while its transaction runs, others gather for the next. No
 * caller is ever blocked, as the caller is the one who reads from the broker. QoS 1 and 2 are
 * bounded by the connection's flow control (MQTT 5, section 4.9), QoS 0 by {@link HistorySettings}:
 * what is above is dropped, since nobody was promised it.
 */
@Component
class GroupCommit extends AsyncProcessorSupport implements ShutdownPrepared {

  /** An exchange property: the broker's id, a Long. */
  static final String BROKER_ID = "brokerId";

  /** An exchange property: the subscription's id, a Long; absent when none matched. */
  static final String SUBSCRIPTION_ID = "subscriptionId";

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final long WARN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long POLL_MILLIS = 250;
  private static final long JOIN_MILLIS = 2_000;

  private final CamelContext camel;
  private final BatchWriter writer;
  private final HistorySettings settings;
  private final RecordingMeters meters;
  private final RecordingTraces traces;
  private final Backlog backlog;
  private final GapLedger ledger;
  private final FeedBell bell;
  private final Leases leases;
  private final LinkedBlockingQueue<Write> queue = new LinkedBlockingQueue<>();
  private final AtomicLong nextDropWarning = new AtomicLong(System.nanoTime());
  private volatile boolean running;
  private volatile boolean preparing;
  private volatile long giveUpAt;
  private volatile boolean closed;

  /** The one writer; another thread that is still held up in the database has to end. */
  private volatile @Nullable Thread thread;

  GroupCommit(
      CamelContext camel,
      BatchWriter writer,
      HistorySettings settings,
      RecordingMeters meters,
      RecordingTraces traces,
      Backlog backlog,
      GapLedger ledger,
      FeedBell bell,
      Leases leases) {
    this.leases = leases;
    this.bell = bell;
    this.backlog = backlog;
    this.ledger = ledger;
    this.camel = camel;
    this.writer = writer;
    this.settings = settings;
    this.meters = meters;
    this.traces = traces;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    try {
      ReceivedMessage message = exchange.getProperty(MqttHeaders.RECEIVED, ReceivedMessage.class);
      meters.received(message);
      if (message.qos() > 0 || hasRoom()) {
        add(
            new ReceivedRecording(
                lease(message),
                entry(message, exchange),
                message.qos() == 2 ? new UnreleasedPacket(message.delivery()) : null,
                exchange,
                callback));
        return false;
      }
      drop(message, exchange);
    } catch (RuntimeException e) {
      exchange.setException(e);
    }
    callback.done(true);
    return true;
  }

  /** Another node may have the connection meanwhile, and gets the message once more. */
  private Lease lease(ReceivedMessage message) {
    String connection = message.delivery().connection();
    return leases
        .ofConnection(connection)
        .orElseThrow(() -> new LeftToAnotherException(connection));
  }

  private HistoryEntry entry(ReceivedMessage message, Exchange exchange) {
    return HistoryEntry.received(
            message,
            exchange.getProperty(BROKER_ID, Long.class),
            exchange.getProperty(SUBSCRIPTION_ID, Long.class))
        .limitedTo(settings.maxPayload().toBytes());
  }

  private boolean hasRoom() {
    return backlog.count() < settings.qos0Limit()
        && backlog.bytes() < settings.qos0Bytes().toBytes();
  }

  private void drop(ReceivedMessage message, Exchange exchange) {
    meters.dropped();
    ledger.dropped(
        message.delivery().connection(),
        exchange.getProperty(SUBSCRIPTION_ID, Long.class),
        message.receivedAt());
    long now = System.nanoTime();
    long due = nextDropWarning.get();
    if (now - due >= 0 && nextDropWarning.compareAndSet(due, now + WARN_EVERY_NANOS)) {
      LOG.warn(
          "history_qos0=dropping waiting={} dropped={}", backlog.count(), meters.droppedSoFar());
    }
  }

  /** Writes it after all that was added before. */
  void add(Write write) {
    backlog.entered(write);
    queue.add(write);
    if (closed) {
      failWaiting(); // it may have come after the last look into the queue
    }
  }

  private void run() {
    List<Write> batch = new ArrayList<>();
    long begun = 0;
    while (thread == Thread.currentThread() && (running || !queue.isEmpty())) {
      try {
        take(batch);
        begun = System.nanoTime();
        if (!batch.isEmpty()) {
          writer.write(batch, this::mustGiveUp);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        LOG.error("history_write=failed batch={}", batch.size(), e);
        batch.forEach(write -> write.fail(e));
      } finally {
        complete(batch, System.nanoTime() - begun);
        batch.clear();
      }
    }
  }

  /** Waits for one message and takes what waits with it. */
  private void take(List<Write> batch) throws InterruptedException {
    Write next = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
    long bytes = 0;
    while (next != null) {
      batch.add(next);
      bytes += next.payloadBytes();
      boolean full =
          batch.size() >= settings.batchSize() || bytes >= settings.batchBytes().toBytes();
      next = full ? null : queue.poll();
    }
  }

  private void complete(List<Write> batch, long nanos) {
    if (batch.isEmpty()) {
      return;
    }
    meters.recorded(batch, nanos);
    traces.recorded(batch);
    if (batch.stream().anyMatch(write -> write.receivedAt() != null)) {
      bell.ring();
    } else if (batch.stream().anyMatch(Recording.class::isInstance)) {
      bell.tellOthers();
    }
    for (Write write : batch) {
      backlog.left(write);
      try {
        write.complete();
      } catch (RuntimeException e) {
        LOG.error("history_callback=failed", e);
      }
    }
  }

  private void failWaiting() {
    Write write;
    while ((write = queue.poll()) != null) {
      write.fail(new IllegalStateException("Recording has stopped."));
      complete(List.of(write), 0);
    }
  }

  private boolean mustGiveUp() {
    return (preparing && System.nanoTime() - giveUpAt >= 0)
        || Thread.currentThread().isInterrupted();
  }

  @Override
  protected void doStart() {
    preparing = false;
    running = true;
    closed = false;
    Thread starting = camel.getExecutorServiceManager().newThread("history", this::run);
    thread = starting;
    starting.start();
  }

  /** Camel is about to wait for open exchanges: from now on the database has a limited time. */
  @Override
  public void prepareShutdown(boolean suspendOnly, boolean forced) {
    if (!suspendOnly && !preparing) {
      giveUpAt = System.nanoTime() + settings.stopTimeout().toNanos();
      preparing = true;
    }
  }

  @Override
  protected void doStop() throws InterruptedException {
    prepareShutdown(false, false);
    running = false;
    Thread stopping = thread;
    if (stopping != null) {
      long left = TimeUnit.NANOSECONDS.toMillis(giveUpAt - System.nanoTime());
      stopping.join(Math.max(2 * POLL_MILLIS, left));
      if (stopping.isAlive()) {
        LOG.warn("history_write=given_up waiting={}", backlog.count());
        stopping.interrupt();
        stopping.join(JOIN_MILLIS);
      }
    }
    thread = null;
    closed = true;
    failWaiting();
  }
}
