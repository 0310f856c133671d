package org.mqttintegration.bridge;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.bridge.Lanes.Item;
import org.mqttintegration.bridge.Positions.Stored;
import org.mqttintegration.bridge.ReceiveFilter.UnknownNameException;
import org.mqttintegration.history.FeedFilter;
import org.mqttintegration.history.FeedPage;
import org.mqttintegration.history.FeedPage.FeedMessage;
import org.mqttintegration.history.FeedPosition;
import org.mqttintegration.history.HistoryFeed;
import org.mqttintegration.history.RecordedMessage;
import org.mqttintegration.node.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One route's way through the history: reads on, has its messages worked on, and keeps the position
 * of a durable route.
 */
final class Reception implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  private static final int PAGE = 500;
  private static final long PAUSE_MILLIS = 1_000;

  /** Under load it looks for more that often, not at each commit. */
  private static final long PACE_MILLIS = 20;

  private static final long LEASE_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long STORE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** What a route makes of a message. */
  @FunctionalInterface
  interface Work {
    /** Whether the message has ended; false when it has to come again. */
    boolean ended(RecordedMessage message, Receipt receipt);
  }

  /** Goes along with an exchange: whether its outcome still matters, and to whom. */
  final class Receipt {

    private final Progress of;
    private volatile @Nullable String exchangeId;

    private Receipt(Progress of) {
      this.of = of;
    }

    /** False when the route stops, or goes on from elsewhere: the message comes again. */
    boolean isWanted() {
      return running && of == progress && !lease.isLost();
    }

    /**
     * Waits until it is certain that the route is this node's, which it is not while the database
     * is away for long.
     *
     * @return whether the message is wanted still
     */
    boolean awaitLease() {
      while (isWanted() && !lease.isValid() && !Thread.currentThread().isInterrupted()) {
        LockSupport.parkNanos(LEASE_LOOK_NANOS);
      }
      return isWanted() && lease.isValid();
    }

    boolean isDurable() {
      return endpoint.getDurable() != null;
    }

    /** The exchange that works on the message now, null when that has ended. */
    void worksOn(@Nullable Exchange exchange) {
      exchangeId = exchange == null ? null : exchange.getExchangeId();
    }

    /** Whether the failure of an exchange becomes one of the message. */
    boolean owns(Exchange exchange) {
      String id = exchangeId;
      return id != null
          && routeId.equals(exchange.getFromRouteId())
          && FailedExchange.isPartOf(id, exchange);
    }

    /** The target is away; the message waits for it. */
    void targetAway(Throwable cause) {
      target.appear("The target is away: " + parts.deadLetters().summary(cause));
    }
  }

  private final SignalEndpoint endpoint;
  private final String routeId;
  private final Receptions parts;
  private final HistoryFeed feed;
  private final Work work;
  private final ExecutorService workers;
  private final Lease lease;
  private final AtomicReference<@Nullable CompletableFuture<Void>> again = new AtomicReference<>();
  private volatile boolean running = true;
  private final Obstacle source;
  private final Obstacle target;
  private volatile @Nullable Progress progress;
  private volatile @Nullable Lanes lanes;
  private @Nullable FeedPosition stored;
  private long generation;
  private long storedAt;

  Reception(
      SignalEndpoint endpoint,
      String routeId,
      Receptions parts,
      Work work,
      ExecutorService workers,
      Lease lease) {
    this.lease = lease;
    this.endpoint = endpoint;
    this.routeId = routeId;
    this.parts = parts;
    this.feed = parts.feed();
    this.work = work;
    this.workers = workers;
    this.source = new Obstacle(routeId);
    this.target = new Obstacle(routeId);
  }

  String routeId() {
    return routeId;
  }

  /** What it waits for, null when it goes on. */
  @Nullable String obstacle() {
    String first = source.reason();
    return first != null ? first : target.reason();
  }

  /** The place before which all has ended; null before it could be read. */
  @Nullable FeedPosition position() {
    Progress now = progress;
    return now == null ? null : now.done();
  }

  /** Goes on from the stored place, soon; what is worked on now may end or come again. */
  CompletableFuture<Void> goOnFromStored() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    again.set(done);
    return done;
  }

  Receptions parts() {
    return parts;
  }

  /**
   * Finds its place, when that can be had now; if not, its thread does later.
   *
   * @param place where a route goes on that is not durable, null for the end of the history
   */
  void open(@Nullable FeedPosition place) {
    if (endpoint.getDurable() != null) {
      parts.began(endpoint.getDurable(), this);
    }
    try {
      begin(place == null ? start() : place);
    } catch (RuntimeException e) {
      hindered(e);
    }
  }

  /** Nothing new begins. */
  void stop() {
    running = false;
    Lanes open = lanes;
    if (open != null) {
      open.close();
    }
  }

  /** Keeps how far it came, when nothing is worked on any more. */
  void close() {
    try {
      store();
    } catch (RuntimeException e) {
      LOG.warn("route={} position=not_stored reason={}", routeId, e.getClass().getSimpleName());
    }
    if (endpoint.getDurable() != null) {
      parts.ended(endpoint.getDurable(), this);
    }
  }

  @Override
  public void run() {
    while (running) {
      try {
        CompletableFuture<Void> asked = again.getAndSet(null);
        if (asked != null) {
          begin(start());
          asked.complete(null);
        }
        Progress now = progress;
        Lanes open = lanes;
        if (now == null || open == null) {
          begin(start());
        } else {
          readOn(now, open);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (!pauseAfter(e)) {
          return;
        }
      }
    }
  }

  private FeedPosition start() {
    String name = endpoint.getDurable();
    if (name == null) {
      return feed.end();
    }
    Optional<Stored> kept = parts.positions().find(name);
    if (kept.isEmpty()) {
      parts.positions().create(name, feed.end());
      kept = parts.positions().find(name);
    }
    generation = kept.map(Stored::generation).orElse(0L);
    return kept.map(Stored::position).orElseGet(feed::end);
  }

  private void begin(FeedPosition place) {
    Lanes before = lanes;
    if (before != null) {
      before.close();
    }
    Progress next = new Progress(place);
    progress = next;
    lanes = new Lanes(workers, parts.settings(), item -> work(next, item));
    stored = null;
    store();
  }

  private void work(Progress of, Item item) {
    Receipt receipt = new Receipt(of);
    if (receipt.awaitLease() && work.ended(item.message(), receipt)) {
      of.end(item.step());
      target.vanish();
    }
  }

  private void readOn(Progress now, Lanes open) throws InterruptedException {
    FeedFilter filter = parts.filter().of(endpoint);
    while (running && again.get() == null) {
      long changes = feed.changes();
      long begun = System.nanoTime();
      int room = open.awaitRoom(PACE_MILLIS);
      int added = room > 0 ? read(now, open, filter, Math.min(room, PAGE)) : 0;
      storeIfDue();
      if (added < 0) {
        feed.await(changes, isStored() ? PAUSE_MILLIS : PACE_MILLIS);
        filter = parts.filter().of(endpoint);
      } else if (room > 0 && added < PAGE) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        Thread.sleep(Math.max(0, PACE_MILLIS - millis));
      }
    }
  }

  /** How many messages it read, of those that the filter leaves; -1 when it is at the end. */
  private int read(Progress now, Lanes open, FeedFilter filter, int most) {
    FeedPosition before = now.read();
    FeedPage page = feed.read(before, filter, most);
    for (FeedMessage read : page.messages()) {
      open.add(new Item(read.message(), now.begin(read.position())));
    }
    now.readTo(page.reached());
    source.vanish();
    return page.reached().equals(before) ? -1 : page.messages().size();
  }

  private void storeIfDue() {
    if (System.nanoTime() - storedAt >= STORE_NANOS) {
      store();
    }
  }

  private boolean isStored() {
    return endpoint.getDurable() == null || Objects.equals(stored, position());
  }

  /** Keeps the position of a durable route. */
  void store() {
    FeedPosition now = position();
    String name = endpoint.getDurable();
    if (name != null && now != null && !now.equals(stored)) {
      if (!parts.positions().advance(lease, name, now, generation) && running) {
        goOnFromStored();
      }
      stored = now;
    }
    storedAt = System.nanoTime();
  }

  private boolean pauseAfter(RuntimeException failure) {
    if (!running) {
      return false;
    }
    hindered(failure);
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void hindered(RuntimeException failure) {
    source.appear(
        failure instanceof UnknownNameException
            ? String.valueOf(failure.getMessage())
            : "The database does not answer: " + failure.getClass().getSimpleName());
  }
}
