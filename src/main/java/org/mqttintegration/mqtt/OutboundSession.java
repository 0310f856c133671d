package org.mqttintegration.mqtt;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What we know of the QoS 2 messages that are in flight from us in the broker's session, whichever
 * connections they went by. Each keeps its packet identifier, and goes on where it was: PUBLISH
 * again as long as the broker did not say that it has it, and from there on PUBREL only (MQTT 5,
 * section 4.3.3).
 */
final class OutboundSession {

  private static final Logger LOG = LoggerFactory.getLogger(OutboundSession.class);
  private static final int PACKET_IDENTIFIER_NOT_FOUND = 0x92;

  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final String key;
  private final OutboundPackets store;
  private final PacketIdentifiers identifiers = new PacketIdentifiers();
  private final Map<Long, Packet> packets = new HashMap<>();
  private boolean loaded;

  /** A message in flight. */
  private static final class Packet {
    private final int identifier;
    private boolean published;
    private boolean taken;

    /** The session is gone in which the broker took it: nothing is left to be done. */
    private boolean over;

    /** By which it went last, and what that led to. */
    private @Nullable PahoLink link;

    private CompletableFuture<Integer> answer = new CompletableFuture<>();

    private Packet(int identifier) {
      this.identifier = identifier;
    }

    /** What is known, or awaited, without sending anything; null when something has to be sent. */
    private @Nullable CompletableFuture<Integer> answerBy(PahoLink current) {
      if (over) {
        return CompletableFuture.completedFuture(0);
      }
      return link == current && !answer.isDone() ? answer.copy() : null;
    }
  }

  OutboundSession(String key, OutboundPackets store) {
    this.key = key;
    this.store = store;
  }

  PacketIdentifiers identifiers() {
    return identifiers;
  }

  /** Reads once what had begun when the application ended. Blocks, and fails as the store does. */
  synchronized void load() {
    if (!loaded) {
      for (OutboundPackets.Begun begun : store.load(key)) {
        Packet packet = new Packet(begun.packetIdentifier());
        packet.published = true;
        packet.taken = begun.taken();
        packets.put(begun.message(), packet);
        identifiers.take(begun.packetIdentifier());
      }
      loaded = true;
    }
  }

  /** What is kept of the session is read anew when it is needed again. */
  synchronized void forget() {
    packets.values().forEach(packet -> identifiers.free(packet.identifier));
    packets.clear();
    loaded = false;
  }

  /** The broker resumed the session, or began a new one. */
  synchronized void begin(boolean sessionPresent) {
    if (sessionPresent || packets.isEmpty()) {
      return;
    }
    Iterator<Packet> all = packets.values().iterator();
    while (all.hasNext()) {
      Packet packet = all.next();
      packet.over = packet.taken;
      if (!packet.taken) {
        identifiers.free(packet.identifier);
        all.remove();
      }
    }
    store
        .clear(key)
        .exceptionally(
            failure -> {
              LOG.warn(
                  "packets not forgotten connection={} reason={}", key, Failures.describe(failure));
              return null;
            });
  }

  /**
   * Publishes a message, or goes on with it.
   *
   * @param number the number by which it is known
   * @return the reason code of PUBCOMP, or of a PUBREC that refused
   */
  CompletableFuture<Integer> publish(
      PahoLink link, long number, String topic, MqttMessage message) {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    Packet packet;
    boolean isNew;
    try {
      synchronized (this) {
        Packet before = packets.get(number);
        CompletableFuture<Integer> known = before == null ? null : before.answerBy(link);
        if (known != null) {
          return known;
        }
        isNew = before == null;
        packet = before == null ? new Packet(identifiers.take()) : before;
        packet.link = link;
        packet.answer = answer;
        packets.put(number, packet);
      }
    } catch (MqttException e) {
      return CompletableFuture.failedFuture(e);
    }
    (isNew ? store.begin(key, number, packet.identifier) : DONE)
        .thenCompose(nothing -> send(packet, link, topic, message))
        .whenComplete((code, failure) -> answered(answer, code, failure));
    return answer.copy();
  }

  private static void answered(
      CompletableFuture<Integer> answer, @Nullable Integer code, @Nullable Throwable failure) {
    if (code == null) {
      answer.completeExceptionally(Objects.requireNonNull(failure));
    } else {
      answer.complete(code == PACKET_IDENTIFIER_NOT_FOUND ? 0 : code);
    }
  }

  private CompletableFuture<Integer> send(
      Packet packet, PahoLink link, String topic, MqttMessage message) {
    boolean again;
    synchronized (this) {
      if (packet.taken) {
        return link.requests().release(packet.identifier);
      }
      again = packet.published;
      packet.published = true;
    }
    return link.requests().publish(packet.identifier, topic, message, again);
  }

  /** The broker has a message (PUBREC): once that is stored, it may forget the identifier. */
  void taken(PahoLink link, int packetIdentifier) {
    Long number = number(link, packetIdentifier);
    if (number == null) {
      return;
    }
    store
        .taken(key, number)
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null) { // the broker sends PUBREC again when we send PUBLISH again
                LOG.warn(
                    "PUBREC not stored connection={} reason={}", key, Failures.describe(failure));
                return;
              }
              markTaken(number);
              link.requests().continueWithPubrel(packetIdentifier);
            });
  }

  private synchronized void markTaken(long number) {
    Packet packet = packets.get(number);
    if (packet != null) {
      packet.taken = true;
    }
  }

  private synchronized @Nullable Long number(PahoLink link, int packetIdentifier) {
    for (Map.Entry<Long, Packet> packet : packets.entrySet()) {
      if (packet.getValue().identifier == packetIdentifier && packet.getValue().link == link) {
        return packet.getKey();
      }
    }
    return null;
  }

  /** The outcome of a message is stored, and its packet forgotten: the identifier is free. */
  synchronized void settled(long number) {
    Packet packet = packets.remove(number);
    if (packet != null) {
      identifiers.free(packet.identifier);
    }
  }
}
