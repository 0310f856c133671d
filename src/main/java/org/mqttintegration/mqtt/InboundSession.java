package org.mqttintegration.mqtt;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What we know of the messages that the broker's session has in flight to us (MQTT 5, section 4.1),
 * whichever connection they came by. Acknowledges a message when all whom it is for have it safe,
 * and takes a QoS 2 message once, however often it comes.
 */
final class InboundSession {

  /** The recipient of a message that no subscription asked for. */
  static final int UNMATCHED = 0;

  private static final Logger LOG = LoggerFactory.getLogger(InboundSession.class);
  private static final long LOOK_MILLIS = 100;
  private static final long DRAIN_LOOK_MILLIS = 10;

  private final String key;
  private final UnreleasedPackets store;
  private final ConnectionCounts counts;

  /** QoS 1 messages by packet identifier, until their PUBACK went out. */
  private final Map<Integer, InboundDelivery> atLeastOnce = new HashMap<>();

  /** QoS 2 messages by packet identifier, until their release is safe. */
  private final Map<Integer, InboundDelivery> exactlyOnce = new HashMap<>();

  /** Copies of messages that were handed over and are not done. */
  private final InFlight inFlight;

  private boolean loaded;

  /** Nothing more is read, for what was read to be ended. */
  private boolean draining;

  /** The last link that sent too much. */
  private @Nullable PahoLink heldBack;

  /** When one was held back last; a day ago stands for never. */
  private volatile long heldBackAt = System.nanoTime() - Duration.ofDays(1).toNanos();

  /** What to do with a message that came. */
  final class Arrival {
    private final InboundDelivery delivery;
    private final Set<Integer> recipients;
    private final boolean again;

    private Arrival(InboundDelivery delivery, Set<Integer> recipients, boolean again) {
      this.delivery = delivery;
      this.recipients = recipients;
      this.again = again;
    }

    /** Whether that recipient shall get it. */
    boolean isFor(int recipient) {
      return recipients.contains(recipient);
    }

    /** Whether it certainly came before. */
    boolean isAgain() {
      return again;
    }

    /** As that recipient gets it. */
    ReceivedMessage.Delivery delivery(int recipient) {
      return new ReceivedMessage.Delivery(
          key, delivery.packetIdentifier, recipient, delivery.fingerprint);
    }

    /** For that recipient to say when it has it safe, or could not make it so. */
    Acknowledgement acknowledgement(int recipient) {
      return safe -> done(delivery, recipient, safe);
    }
  }

  InboundSession(String key, UnreleasedPackets store, InFlight inFlight, ConnectionCounts counts) {
    this.key = key;
    this.counts = counts;
    this.store = store;
    this.inFlight = inFlight;
  }

  /**
   * Reads once what was in flight when the application ended. Blocks, and fails as the store does.
   */
  synchronized void load() {
    if (!loaded) {
      store
          .load(key)
          .forEach(
              (packetIdentifier, kept) -> {
                InboundDelivery delivery =
                    new InboundDelivery(packetIdentifier, 2, kept.fingerprint());
                delivery.recorded.addAll(kept.recipients());
                exactlyOnce.put(packetIdentifier, delivery);
              });
      loaded = true;
    }
  }

  /** The broker resumed the session, or began a new one. Subscribing has to wait for the answer. */
  CompletableFuture<Void> begin(boolean sessionPresent) {
    return sessionPresent ? CompletableFuture.completedFuture(null) : end();
  }

  /** The session is gone: packet identifiers that come now are other messages'. */
  CompletableFuture<Void> end() {
    synchronized (this) {
      atLeastOnce.clear();
      if (exactlyOnce.isEmpty()) {
        return CompletableFuture.completedFuture(null);
      }
      exactlyOnce.clear();
    }
    return store.clear(key);
  }

  /** A QoS 1 or 2 message came, for these recipients. */
  Arrival arrive(PahoLink link, String topic, MqttMessage message, Set<Integer> recipients) {
    long fingerprint = Fingerprint.of(topic, message.getPayload());
    Arrival arrival;
    synchronized (this) {
      InboundDelivery before = before(message, fingerprint);
      InboundDelivery delivery = before;
      if (delivery == null || message.getQos() == 1) { // of QoS 1, each delivery is recorded
        delivery = new InboundDelivery(message.getId(), message.getQos(), fingerprint);
        deliveries(message.getQos()).put(message.getId(), delivery);
      }
      Set<Integer> missing = new HashSet<>(recipients);
      missing.removeAll(delivery.recorded);
      missing.removeAll(delivery.waiting);
      delivery.waiting.addAll(missing);
      delivery.failed = false;
      delivery.link = link;
      delivery.payloadBytes = message.getPayload().length;
      inFlight.add(missing.size(), delivery.payloadBytes);
      arrival = new Arrival(delivery, missing, before != null);
    }
    if (arrival.again && arrival.recipients.isEmpty()) {
      counts.countRepeated();
    }
    acknowledgeIfSafe(arrival.delivery);
    return arrival;
  }

  /** The earlier delivery of a message. */
  private @Nullable InboundDelivery before(MqttMessage message, long fingerprint) {
    InboundDelivery before = deliveries(message.getQos()).get(message.getId());
    if (before == null || before.fingerprint == fingerprint) {
      return before;
    }
    if (before.qos == 2) {
      LOG.warn(
          "broker gave an unreleased packet identifier to another message connection={} id={}",
          key,
          message.getId());
      store.release(key, message.getId()); // in its turn, before what is recorded after it
    }
    return null;
  }

  /**
   * Holds up the one who reads from a link while too much is in flight. A broker that respects the
   * Receive Maximum (section 4.9) hardly comes to that by itself; some send a whole queue at once
   * when a session is resumed, and many brokers may send at once.
   *
   * @param qos of the message that came last; one of QoS 0 is not held up for what others have in
   *     flight, as its broker would drop those that follow
   */
  void awaitRoom(PahoLink link, int qos) {
    if (hasRoom(qos)) {
      return;
    }
    try {
      synchronized (this) {
        if (heldBack != link) {
          heldBack = link;
          LOG.info("more comes than may be in memory, held back connection={}", key);
        }
        while ((draining || !inFlight.isRelieved(qos)) && link.isConnected()) {
          wait(LOOK_MILLIS);
          heldBackAt = System.nanoTime();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Whether the broker was held back within that time: what it answered may not have been read, and
   * it is not to blame.
   */
  boolean wasHeldBackWithin(Duration time) {
    return System.nanoTime() - heldBackAt < time.toNanos();
  }

  /** How much of what the connection may have in memory it has, from 0. */
  double inFlightFill() {
    return inFlight.fill();
  }

  private synchronized boolean hasRoom(int qos) {
    return !draining && !inFlight.isFull(qos);
  }

  /** Reads nothing more, for what was read to be ended. */
  synchronized void stopReading() {
    draining = true;
  }

  /**
   * Reads nothing more, and waits a little until what was read is acknowledged: else it would be
   * sent, and recorded, a second time.
   *
   * @param deadline as of {@link System#nanoTime()}
   */
  synchronized void drain(long deadline) throws InterruptedException {
    stopReading();
    while (!isDrained() && System.nanoTime() - deadline < 0) {
      wait(DRAIN_LOOK_MILLIS);
    }
  }

  private boolean isDrained() {
    return inFlight.isEmpty() && atLeastOnce.values().stream().noneMatch(InboundDelivery::isOwed);
  }

  /** What is kept of the session is read anew when it is needed again. */
  synchronized void forget() {
    atLeastOnce.clear();
    exactlyOnce.clear();
    loaded = false;
    draining = false;
  }

  private void done(InboundDelivery delivery, int recipient, boolean safe) {
    synchronized (this) {
      delivery.waiting.remove(recipient);
      inFlight.remove(delivery.payloadBytes);
      if (safe) {
        delivery.recorded.add(recipient);
      } else {
        delivery.failed = true;
      }
    }
    acknowledgeIfSafe(delivery);
  }

  private void acknowledgeIfSafe(InboundDelivery delivery) {
    PahoLink link;
    synchronized (this) {
      boolean ours = deliveries(delivery.qos).get(delivery.packetIdentifier) == delivery;
      link = ours && delivery.waiting.isEmpty() && !delivery.failed ? delivery.link : null;
    }
    if (link != null && link.acknowledge(delivery.packetIdentifier, delivery.qos)) {
      synchronized (this) {
        atLeastOnce.remove(delivery.packetIdentifier, delivery);
      }
    }
  }

  private Map<Integer, InboundDelivery> deliveries(int qos) {
    return qos == 2 ? exactlyOnce : atLeastOnce;
  }

  /** The broker released a QoS 2 message: its packet identifier will be another message's. */
  void released(PahoLink link, int packetIdentifier) {
    boolean known;
    synchronized (this) {
      known = exactlyOnce.containsKey(packetIdentifier);
    }
    CompletableFuture<Void> forgotten =
        known ? store.release(key, packetIdentifier) : CompletableFuture.completedFuture(null);
    forgotten.whenComplete(
        (nothing, failure) -> {
          if (failure != null) { // the broker sends PUBREL again when the session is resumed
            LOG.warn("release not stored connection={} reason={}", key, Failures.describe(failure));
            return;
          }
          synchronized (this) {
            exactlyOnce.remove(packetIdentifier);
          }
          link.complete(packetIdentifier);
        });
  }
}
