package org.mqttintegration.send;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sends of one broker that are in memory, in a lane for each topic: of a topic one at a time is
 * on its way, so that they keep their order whatever becomes of one. For one thread.
 */
final class BrokerQueue {

  /** Above, a topic gets no more of them: one that is held up must not keep out the others. */
  private static final int LONGEST_LANE = 100;

  private final long brokerId;
  private final Map<String, Lane> lanes = new HashMap<>();

  /** Lanes whose next send may be due. */
  private final Deque<Lane> offered = new ArrayDeque<>();

  /** Those in a lane or on their way, and those whose outcome is not committed. */
  private final Set<Long> known = new HashSet<>();

  private long bytes;
  private int inFlight;
  private boolean more = true;
  private boolean closed;

  private static final class Lane {
    private final Deque<QueuedSend> waiting = new ArrayDeque<>();
    private boolean busy;

    /** Whether the outbox may have more for it, which were left out. */
    private boolean cutShort;

    private boolean isDue(Instant now) {
      QueuedSend next = waiting.peek();
      return !busy && next != null && next.isDue(now);
    }
  }

  BrokerQueue(long brokerId) {
    this.brokerId = brokerId;
  }

  long brokerId() {
    return brokerId;
  }

  /** The broker is gone. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether the outbox may have sends that are not here. */
  boolean mayHaveMore() {
    return more;
  }

  void setMore(boolean more) {
    this.more = more;
  }

  int size() {
    return known.size();
  }

  long bytes() {
    return bytes;
  }

  int inFlight() {
    return inFlight;
  }

  Set<Long> known() {
    return known;
  }

  /** The topics that have enough in memory; of these more is wanted when half of that is gone. */
  List<String> fullTopics() {
    List<String> full = new ArrayList<>();
    lanes.forEach(
        (topic, lane) -> {
          if (lane.waiting.size() >= LONGEST_LANE) {
            lane.cutShort = true;
            full.add(topic);
          }
        });
    return full;
  }

  /** Adds one behind those to its topic. */
  void add(QueuedSend send) {
    known.add(send.id());
    bytes += send.payload().length;
    Lane lane = lanes.computeIfAbsent(send.topic(), topic -> new Lane());
    lane.waiting.add(send);
    offered.add(lane);
  }

  /** Takes the next one that is due; it is on its way then. */
  @Nullable QueuedSend next(Instant now) {
    Lane lane;
    while ((lane = offered.poll()) != null) {
      if (lane.isDue(now)) {
        QueuedSend send = lane.waiting.remove();
        lane.busy = true;
        inFlight++;
        if (lane.cutShort && lane.waiting.size() < LONGEST_LANE / 2) {
          lane.cutShort = false;
          more = true;
        }
        return send;
      }
    }
    return null;
  }

  /** One on its way has to be sent again, before those behind it. */
  void putBack(QueuedSend send) {
    landed(send).waiting.addFirst(send);
  }

  /** One on its way has its outcome: the next to its topic may go. */
  void pass(QueuedSend send) {
    offerOrDrop(send.topic(), landed(send));
  }

  private void offerOrDrop(String topic, Lane lane) {
    if (lane.waiting.isEmpty() && !lane.busy) {
      lanes.remove(topic);
    } else {
      offered.add(lane);
    }
  }

  private Lane landed(QueuedSend send) {
    Lane lane = Objects.requireNonNull(lanes.get(send.topic()));
    lane.busy = false;
    inFlight--;
    return lane;
  }

  /** Looks again at a topic whose next send was delayed. */
  void offer(String topic) {
    Lane lane = lanes.get(topic);
    if (lane != null) {
      offered.add(lane);
    }
  }

  /** The outcome of one is stored. */
  void forget(QueuedSend send) {
    known.remove(send.id());
    bytes -= send.payload().length;
  }

  /** Takes out one that waits; empty when it is not here, or on its way. */
  Optional<QueuedSend> withdraw(long id) {
    for (QueuedSend send : waiting()) {
      if (send.id() == id) {
        remove(send);
        return Optional.of(send);
      }
    }
    return Optional.empty();
  }

  /** Takes out those that wait and whose time is over. */
  List<QueuedSend> withdrawExpired(Instant now) {
    List<QueuedSend> expired = waiting().stream().filter(send -> send.isExpired(now)).toList();
    expired.forEach(this::remove);
    return expired;
  }

  private List<QueuedSend> waiting() {
    List<QueuedSend> waiting = new ArrayList<>();
    lanes.values().forEach(lane -> waiting.addAll(lane.waiting));
    return waiting;
  }

  private void remove(QueuedSend send) {
    Lane lane = Objects.requireNonNull(lanes.get(send.topic()));
    lane.waiting.remove(send);
    offerOrDrop(send.topic(), lane);
  }
}
