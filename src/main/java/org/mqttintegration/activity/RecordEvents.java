package org.mqttintegration.activity;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mqttintegration.access.Actor;
import org.mqttintegration.activity.AuditLog.LastEvent;
import org.mqttintegration.resource.SqlState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Tells what happened to records by itself. Whoever tells it is never held up: a thread of its own
 * writes, in the order of what came, and waits for the database while it is away; over a stop it
 * waits in a file. What comes in floods is counted, so that little waits; what is too much even so
 * is dropped, and that is logged.
 */
@Component
public class RecordEvents implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(RecordEvents.class);
  private static final int WAITING = 10_000;
  private static final int FLOODS = 10_000;
  private static final int BATCH = 200;
  private static final long TICK_MILLIS = 500;
  private static final long STOP_MILLIS = 3_000;

  private final AuditLog log;
  private final KnownRecords records;
  private final TransactionOperations transactions;
  private final EventWindows windows;
  private final LeftEvents left;
  private final Deque<RecordEvent> waiting = new ArrayDeque<>();
  private final Thread thread = new Thread(this::write, "record-events");
  private long dropped;
  private boolean away;
  private volatile boolean running;

  RecordEvents(
      AuditLog log,
      KnownRecords records,
      TransactionOperations transactions,
      LeftEvents left,
      ActivitySettings settings) {
    this.log = log;
    this.records = records;
    this.transactions = transactions;
    this.left = left;
    this.windows = new EventWindows(settings.coalesce(), FLOODS);
    thread.setDaemon(true);
  }

  /** Something happened; returns at once. */
  public synchronized void happened(RecordEvent event) {
    if (windows.isTold(event, Instant.now())) {
      add(event);
      notifyAll();
    }
  }

  private void add(RecordEvent event) {
    if (waiting.size() >= WAITING) {
      if (dropped++ == 0) {
        LOG.warn("record events dropped waiting={}", waiting.size());
      }
      return;
    }
    waiting.add(event);
  }

  private void write() {
    while (true) {
      List<RecordEvent> batch = next();
      if (batch.isEmpty()) {
        if (!running) {
          return;
        }
      } else {
        write(batch);
      }
    }
  }

  /**
   * What waits longest; nothing when nothing came for a moment. It waits on until it is written.
   */
  private synchronized List<RecordEvent> next() {
    try {
      if (waiting.isEmpty() && running) {
        wait(TICK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    (running ? windows.over(Instant.now()) : windows.all()).forEach(this::add);
    List<RecordEvent> batch = new ArrayList<>();
    waiting.stream().limit(BATCH).forEach(batch::add);
    return batch;
  }

  private void write(List<RecordEvent> batch) {
    try {
      transactions.executeWithoutResult(status -> batch.forEach(this::append));
      written(batch.size());
    } catch (RuntimeException e) {
      if (SqlState.isAway(e)) {
        pause(e);
      } else {
        writeEach(batch);
      }
    }
  }

  /** In their order: what cannot be stored for now, and what came after it, waits on. */
  private void writeEach(List<RecordEvent> batch) {
    for (RecordEvent event : batch) {
      try {
        transactions.executeWithoutResult(status -> append(event));
      } catch (RuntimeException e) {
        if (SqlState.isAway(e)) {
          pause(e);
          return;
        }
        LOG.error(
            "record event not stored kind={} record={} event={} reason={}",
            event.record().kind(),
            event.record().id(),
            event.event(),
            e.getClass().getSimpleName());
      }
      written(1);
    }
  }

  private synchronized void written(int count) {
    for (int i = 0; i < count; i++) {
      waiting.poll();
    }
    away = false;
    if (dropped > 0 && waiting.size() < WAITING / 2) {
      LOG.warn("record events dropped in all count={}", dropped);
      dropped = 0;
    }
  }

  private void pause(RuntimeException reason) {
    if (!away) {
      away = true;
      LOG.warn("record events wait for the database reason={}", reason.getClass().getSimpleName());
    }
    try {
      TimeUnit.MILLISECONDS.sleep(running ? TICK_MILLIS : 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!running) {
      leave(); // the database does not come back in time
    }
  }

  private synchronized void leave() {
    windows.all().forEach(this::add);
    if (!waiting.isEmpty()) {
      left.keep(List.copyOf(waiting));
      waiting.clear();
    }
  }

  /** Events of records that are gone are told of as they were called when it happened. */
  private void append(RecordEvent event) {
    if (!event.unless().isEmpty() && !isNews(event)) {
      return;
    }
    RecordRef given = event.record();
    RecordRef record =
        given.name().isEmpty() ? records.find(given.kind(), given.id()).orElse(null) : given;
    if (record != null) {
      log.append(
          new NewEntry(
              record,
              Actor.SYSTEM,
              EntryKind.EVENT,
              event.event(),
              event.severity(),
              event.at(),
              event.text(),
              List.of(),
              List.of()));
    }
  }

  private boolean isNews(RecordEvent event) {
    List<String> group = new ArrayList<>(event.unless());
    group.addAll(ConnectionStory.EVENTS);
    group.addAll(SubscriptionStory.EVENTS);
    Optional<LastEvent> last = log.last(event.record(), group);
    return last.filter(
            known ->
                event.unless().contains(known.event())
                    && !(event.evenWith()
                        && known.event().equals(event.event())
                        && !java.util.Objects.equals(known.text(), event.text())))
        .isEmpty();
  }

  @Override
  public void start() {
    synchronized (this) {
      waiting.addAll(left.take());
    }
    running = true;
    thread.start();
  }

  /** Writes what waits, as far as the database takes it; the rest waits for the next start. */
  @Override
  public void stop() {
    synchronized (this) {
      running = false;
      notifyAll();
    }
    try {
      thread.join(STOP_MILLIS);
      if (thread.isAlive()) {
        thread.interrupt(); // it waits for a connection
        thread.join(STOP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    leave();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stopped behind the connections, which tell to the last. */
  @Override
  public int getPhase() {
    return 0;
  }
}
