package org.mqttintegration.mqtt;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ConnectionChanged.Failure;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one broker, kept up by itself: a fresh link for each attempt, with a delay that
 * grows with failed attempts. What comes from a link that is no longer ours is ignored.
 */
final class MqttConnection implements PahoLink.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(MqttConnection.class);
  private static final String AGAIN =
      "; the next attempt is in %d s, or when the broker is changed";

  private final String key;
  private final MqttSettings settings;
  private final BrokerTransports transports;
  private final ScheduledExecutorService scheduler;
  private final Consumer<ConnectionChanged> changes;
  private final ConnectionCounts counts = new ConnectionCounts();
  private final InboundSession session;
  private final OutboundSession outbound;
  private final Publishing publishing;

  private final Subscriptions subscriptions;

  private @Nullable ConnectionOptions wanted;
  private BooleanSupplier mayConnect = () -> true;
  private volatile @Nullable PahoLink link;
  private volatile Instant heardUntil = Instant.EPOCH;
  private volatile ConnectionStatus status =
      new ConnectionStatus(State.DISCONNECTED, Instant.now(), null);
  private volatile @Nullable X509Certificate serverCertificate;
  private @Nullable ScheduledFuture<?> retry;
  private final Backoff backoff;
  private volatile @Nullable BrokerCapabilities capabilities;

  MqttConnection(
      String key,
      MqttSettings settings,
      BrokerTransports transports,
      ScheduledExecutorService scheduler,
      InFlight inFlight,
      UnreleasedPackets unreleased,
      OutboundPackets outboundPackets,
      Consumer<ConnectionChanged> changes,
      BiConsumer<Integer, SubscriptionStatus> subscriptionChanges,
      Consumer<FilterEnded> ended) {
    this.key = key;
    this.settings = settings;
    this.transports = transports;
    this.scheduler = scheduler;
    this.changes = changes;
    this.backoff = new Backoff(settings);
    this.session = new InboundSession(key, unreleased, inFlight.ofConnection(), counts);
    this.outbound = new OutboundSession(key, outboundPackets);
    this.publishing = new Publishing(outbound, session, settings);
    this.subscriptions =
        new Subscriptions(key, session, settings, scheduler, subscriptionChanges, ended);
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  double inFlightFill() {
    return session.inFlightFill();
  }

  ConnectionStatus status() {
    return status;
  }

  ConnectionCounts counts() {
    return counts;
  }

  @Nullable BrokerCapabilities capabilities() {
    return capabilities;
  }

  /** Until when all that the broker sent has come. */
  Instant heardUntil() {
    PahoLink current = link;
    return current != null && current.isConnected() ? current.heardUntil() : heardUntil;
  }

  @Nullable X509Certificate serverCertificate() {
    return serverCertificate;
  }

  synchronized boolean isWanted() {
    return wanted != null;
  }

  /**
   * Connects with these options, and again whenever the connection is lost, while it may.
   *
   * @param allowed whether the session is this process's to take
   */
  synchronized void open(ConnectionOptions options, BooleanSupplier allowed) {
    mayConnect = allowed;
    ConnectionOptions before = wanted;
    if (options.equals(before)) {
      return;
    }
    leave(before != null && !before.clientId().equals(options.clientId()));
    wanted = options;
    backoff.reset();
    set(State.CONNECTING, "connecting to " + options.serverUri());
    attemptAfter(Duration.ZERO);
  }

  /**
   * Disconnects and stays so.
   *
   * @param endSession whether the broker shall drop the session with all that it queued
   */
  synchronized void close(boolean endSession) {
    wanted = null;
    leave(endSession);
    set(State.DISCONNECTED, null);
  }

  /** Reads nothing more, before it is handed over. */
  void stopReading() {
    session.stopReading();
  }

  /**
   * Leaves the broker's session to another process, or to a later start: ends what was received,
   * disconnects, and forgets what is in flight, since another may change that. Does nothing when it
   * is not open.
   *
   * @param deadline until when what was received may take, as of {@link System#nanoTime()}
   */
  void handOver(long deadline) {
    if (!isWanted()) {
      return;
    }
    try {
      session.drain(deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close(false);
    session.forget();
    outbound.forget();
  }

  /** Why the broker takes no such message, as far as it said when it was connected to last. */
  @Nullable String fault(String topic, MqttMessage message) {
    BrokerCapabilities known = capabilities;
    return known == null ? null : known.fault(topic, message);
  }

  /**
   * Publishes; the answer is the broker's reason code, or a {@link PublishException}.
   *
   * @param number by which a QoS 2 message is known when it is published again, null for one that
   *     never is
   */
  CompletableFuture<Integer> publish(String topic, MqttMessage message, @Nullable Long number) {
    PahoLink current = link;
    return current != null && current.isConnected()
        ? publishing.publish(current, topic, message, number)
        : Publishing.notConnected(status);
  }

  /** The outcome of a QoS 2 message is stored. */
  void settled(long number) {
    outbound.settled(number);
  }

  @Override
  public void connected(PahoLink from, boolean sessionPresent) {
    synchronized (this) {
      if (from != link) {
        return;
      }
      backoff.reset();
      capabilities = from.capabilities();
      serverCertificate = from.serverCertificate();
      set(State.CONNECTED, null, sessionPresent, null);
    }
    outbound.begin(sessionPresent);
    LOG.info("connected connection={} sessionPresent={}", key, sessionPresent);
    session
        .begin(sessionPresent)
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null) {
                from.disconnect(false);
                ended(from, failure);
              } else if (from == link) {
                subscriptions.connected(from, sessionPresent);
              }
            });
  }

  @Override
  public void ended(PahoLink from, @Nullable Throwable cause) {
    String reason = Failures.describe(cause);
    synchronized (this) {
      if (from != link) {
        return;
      }
      link = null;
      remember(from);
      attemptAgain(Failures.retryCode(cause), reason, reason);
    }
    subscriptions.lost();
  }

  @Override
  public void received(PahoLink from, String topic, MqttMessage message) {
    counts.countReceived();
    subscriptions.dispatch(from, topic, message);
    session.awaitRoom(from, message.getQos());
  }

  @Override
  public void taken(PahoLink from, int packetIdentifier) {
    outbound.taken(from, packetIdentifier);
  }

  @Override
  public void released(PahoLink from, int packetIdentifier) {
    session.released(from, packetIdentifier);
  }

  private void attemptAfter(Duration delay) {
    retry = scheduler.schedule(this::attempt, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void attempt() {
    ConnectionOptions options = wanted;
    if (options == null || link != null) {
      return;
    }
    if (!mayConnect.getAsBoolean()) {
      attemptAfter(settings.reconnectDelay());
      return;
    }
    if (!isSessionKnown()) {
      return;
    }
    BrokerTransport transport = transports.to(options, (name, success, nanos, detail) -> {});
    PahoLink next = new PahoLink(options, transport, outbound.identifiers(), scheduler, this);
    link = next;
    next.connect();
  }

  /** Whether what was in flight to us could be read; if not, that is tried again later. */
  private boolean isSessionKnown() {
    try {
      session.load();
      outbound.load();
      return true;
    } catch (RuntimeException e) {
      attemptAgain(0, Failures.describe(e), "waiting for the database");
      return false;
    }
  }

  private void attemptAgain(int reasonCode, String reason, String message) {
    Duration delay = backoff.next(reasonCode);
    if (backoff.isFirst()) {
      LOG.warn("not connected connection={} reason={}", key, reason);
    }
    String next = Backoff.isRefusal(reasonCode) ? AGAIN.formatted(delay.toSeconds()) : "";
    Failure failure = new Failure(reason, Backoff.isRefusal(reasonCode));
    set(State.CONNECTING, message + next, null, failure);
    attemptAfter(delay);
  }

  private void leave(boolean endSession) {
    if (retry != null) {
      retry.cancel(false);
    }
    PahoLink current = link;
    link = null;
    if (current != null) {
      remember(current);
      current.disconnect(endSession);
      subscriptions.lost();
    }
    if (endSession) {
      session.end();
      outbound.begin(false);
    }
  }

  /** What an attempt that failed heard says nothing of the connection before. */
  private void remember(PahoLink from) {
    if (from.wasConnected()) {
      heardUntil = from.heardUntil();
    }
  }

  private void set(State state, @Nullable String message) {
    set(state, message, null, null);
  }

  private void set(
      State state,
      @Nullable String message,
      @Nullable Boolean sessionPresent,
      @Nullable Failure failure) {
    ConnectionStatus before = status;
    Instant since = before.state() == state ? before.since() : Instant.now();
    status = new ConnectionStatus(state, since, message);
    counts.changed(before.state(), state, failure != null);
    ConnectionOptions options = wanted;
    boolean cleanStart =
        sessionPresent != null && options != null && options.session().cleanStart();
    changes.accept(
        new ConnectionChanged(key, status, sessionPresent, cleanStart, heardUntil, failure));
  }
}
