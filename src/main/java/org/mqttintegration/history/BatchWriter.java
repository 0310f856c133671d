package org.mqttintegration.history;

import java.lang.reflect.UndeclaredThrowableException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.LeftToAnotherException;
import org.mqttintegration.node.Fence;
import org.mqttintegration.node.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes batches, each in one transaction, and does not let go before every row is stored or
 * refused.
 *
 * <p>While the database is away the same rows are tried again. A commit whose answer never came may
 * have worked, so rows that were tried before are looked up first. When a row is to blame, the
 * batch is halved until that row stands alone.
 *
 * <p>For one thread.
 */
@Component
class BatchWriter {

  /** Where a {@code List<HistoryEntry>} is stored, in one transaction. */
  static final String WRITE = "direct:writeHistory";

  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final ProducerTemplate camel;
  private final JdbcClient database;
  private final TransactionTemplate transaction;
  private final HistoryIds ids;
  private final RecordingHealth health;
  private final CommitLog commits;
  private final Fence fence;
  private long pauseMillis;

  BatchWriter(
      ProducerTemplate camel,
      JdbcClient database,
      PlatformTransactionManager transactions,
      HistoryIds ids,
      RecordingHealth health,
      CommitLog commits,
      Fence fence) {
    this.fence = fence;
    this.health = health;
    this.commits = commits;
    this.camel = camel;
    this.database = database;
    this.transaction = new TransactionTemplate(transactions);
    this.ids = ids;
  }

  /**
   * Writes a batch. Afterwards each of it is stored or has its failure.
   *
   * @param mustGiveUp whether to fail the rows now rather than wait for the database any longer
   */
  void write(List<Write> batch, BooleanSupplier mustGiveUp) {
    Deque<List<Write>> parts = new ArrayDeque<>();
    parts.add(batch);
    while (!parts.isEmpty()) {
      List<Write> part = parts.remove();
      Throwable failure = attempt(part);
      if (failure == null) {
        answered();
      } else if (!WriteFailure.isOfData(failure)) {
        health.away(failure);
        if (mustGiveUp.getAsBoolean() || !pause()) {
          fail(part, failure);
        } else {
          parts.addFirst(part);
        }
      } else if (part.size() == 1 && mayBeStored(part.get(0), failure)) {
        parts.addFirst(part);
      } else if (part.size() == 1) {
        answered();
        refuse(part.get(0), failure);
      } else {
        int half = part.size() / 2;
        parts.addFirst(part.subList(half, part.size()));
        parts.addFirst(part.subList(0, half));
      }
    }
  }

  private @Nullable Throwable attempt(List<Write> part) {
    health.begin();
    try {
      List<Write> missing = missing(part);
      if (!missing.isEmpty()) {
        transaction.executeWithoutResult(status -> store(missing));
      }
      return null;
    } catch (UndeclaredThrowableException e) {
      return e.getUndeclaredThrowable();
    } catch (RuntimeException e) {
      return e;
    }
  }

  /** In a transaction, which camel-jpa joins. */
  private void store(List<Write> waiting) {
    List<Write> part = withoutLost(waiting);
    part.forEach(write -> write.change(database)); // before: it may make room for an entity
    List<Object> entities = part.stream().flatMap(w -> w.entities().stream()).toList();
    if (!entities.isEmpty()) {
      Throwable failure =
          camel.send(WRITE, exchange -> exchange.getIn().setBody(entities)).getException();
      if (failure != null) {
        throw new UndeclaredThrowableException(failure);
      }
    }
    commits.append(
        part.stream()
            .filter(Recording.class::isInstance)
            .map(write -> ((Recording) write).entry())
            .toList());
  }

  /** Leaves out what another node writes by now. */
  private List<Write> withoutLost(List<Write> part) {
    Set<Lease> asked =
        part.stream().map(Write::lease).filter(Objects::nonNull).collect(Collectors.toSet());
    Set<Lease> lost = fence.lost(database, asked);
    if (lost.isEmpty()) {
      return part;
    }
    List<Write> own = new ArrayList<>();
    for (Write write : part) {
      Lease lease = write.lease();
      if (lease != null && lost.contains(lease)) {
        write.fail(new LeftToAnotherException(lease.name()));
      } else {
        own.add(write);
      }
    }
    LOG.warn("history_write=fenced leases={} writes={}", lost, part.size() - own.size());
    return own;
  }

  /** What is to be written still: rows with ids in order of arrival, and what has no row. */
  private List<Write> missing(List<Write> part) {
    List<Recording> recordings = new ArrayList<>(part.size());
    for (Write write : part) {
      if (write instanceof Recording recording) {
        recordings.add(recording);
      }
    }
    Set<Long> stored = stored(recordings);
    for (Recording recording : recordings) {
      if (!recording.isTried()) {
        recording.entry().setId(ids.next());
      }
    }
    recordings.forEach(Recording::markTried);
    return part.stream()
        .filter(w -> !(w instanceof Recording r && stored.contains(r.entry().getId())))
        .toList();
  }

  private Set<Long> stored(List<Recording> part) {
    List<HistoryEntry> tried =
        part.stream().filter(Recording::isTried).map(Recording::entry).toList();
    if (tried.isEmpty()) {
      return Set.of();
    }
    Collection<Instant> times = tried.stream().map(HistoryEntry::getTimestamp).toList();
    Instant from = times.stream().min(Instant::compareTo).orElseThrow();
    Instant to = times.stream().max(Instant::compareTo).orElseThrow();
    return new HashSet<>(
        database
            .sql(
                """
                select id from history
                where id = any(:ids) and "timestamp" between :from and :to
                """)
            .param("ids", tried.stream().map(HistoryEntry::getId).toArray(Long[]::new))
            .param("from", Timestamp.from(from))
            .param("to", Timestamp.from(to))
            .query(Long.class)
            .list());
  }

  private static void fail(List<Write> part, Throwable failure) {
    String summary = WriteFailure.summary(failure);
    part.forEach(w -> w.fail(new IllegalStateException("The database is away: " + summary)));
  }

  /** A server that was away may commit late what was tried before; the next attempt finds it. */
  private static boolean mayBeStored(Write write, Throwable failure) {
    return WriteFailure.isOfUniqueness(failure)
        && write instanceof Recording recording
        && recording.doubt();
  }

  private static void refuse(Write write, Throwable failure) {
    String summary = WriteFailure.summary(failure);
    // without its cause, whose message has the row's values
    write.fail(new IllegalStateException("The database refused a message: " + summary));
    LOG.error("history_write=refused {} reason=\"{}\"", write, summary);
  }

  private void answered() {
    health.answered();
    pauseMillis = 0;
  }

  /** Waits longer each time; false when interrupted. */
  private boolean pause() {
    pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, Math.max(FIRST_PAUSE_MILLIS, pauseMillis * 2));
    try {
      Thread.sleep(pauseMillis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
