package org.mqttintegration.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.Gap.Affects;
import org.mqttintegration.history.Gap.Cause;
import org.mqttintegration.history.GapStore.Attended;
import org.mqttintegration.mqtt.ConnectionChanged;
import org.mqttintegration.mqtt.ConnectionStatus;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.mqtt.SubscriptionChanged;
import org.mqttintegration.node.LeaseLeft;
import org.mqttintegration.node.LeaseTaken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps, for each subscription, when messages of it may have been missed.
 *
 * <p>A subscription is attended from the broker's SUBACK on, for as long as the broker is heard.
 * How long that is stored again and again, so that a gap begins in time when the application is
 * killed. The bounds are never too narrow. What cannot be stored is kept, and stored when the
 * database is back.
 */
@Component
class GapLedger {

  private static final Logger LOG = LoggerFactory.getLogger(GapLedger.class);
  private static final Duration SAME_GAP = Duration.ofSeconds(10);
  private static final int SECONDS_BETWEEN_BEATS = 5;

  private final GapStore store;
  private final Backlog backlog;

  /** Asked for late: the connections need what the history keeps for them. */
  private final ObjectProvider<MqttConnections> connections;

  private final Map<Long, Attendance> attendances = new HashMap<>();
  private final Map<Long, OpenGap> drops = new HashMap<>();
  private final Map<String, ConnectionChanged> connected = new HashMap<>();
  private final Set<OpenGap> changed = new LinkedHashSet<>();
  private final Set<Long> ended = new HashSet<>();
  private int secondsToBeat;
  private boolean closed;

  /** A subscription that is wanted and was granted once. */
  private static final class Attendance {
    private final String connection;

    /** While it is not attended. */
    private @Nullable OpenGap gap;

    private Attendance(String connection) {
      this.connection = connection;
    }
  }

  GapLedger(GapStore store, Backlog backlog, ObjectProvider<MqttConnections> connections) {
    this.store = store;
    this.backlog = backlog;
    this.connections = connections;
  }

  /** What was attended on a connection has not been since whoever had it ended. */
  @EventListener
  void on(LeaseTaken taken) {
    String connection = taken.lease().connection();
    if (connection == null) {
      return;
    }
    Map<Long, OpenGap> open = new HashMap<>();
    store.open(connection).forEach(gap -> open.put(gap.subscriptionId, gap));
    List<Attended> before = store.attended(connection);
    synchronized (this) {
      for (Attended attended : before) {
        Attendance attendance = new Attendance(attended.connection());
        attendance.gap =
            open.getOrDefault(
                attended.subscriptionId(),
                gap(
                    attended.subscriptionId(),
                    attended.connection(),
                    Cause.APPLICATION_DOWN,
                    attended.until()));
        changed.add(attendance.gap);
        attendances.put(attended.subscriptionId(), attendance);
      }
    }
    flush();
  }

  /** Whoever has the connection next goes on. */
  @EventListener
  void on(LeaseLeft left) {
    String connection = left.lease().connection();
    if (connection == null) {
      return;
    }
    if (!left.lease().isLost()) {
      synchronized (this) {
        disconnected(connection, connections.getObject().heardUntil(connection));
      }
      flush();
    }
    synchronized (this) {
      connected.remove(connection);
      attendances.values().removeIf(attendance -> attendance.connection.equals(connection));
      long broker = Long.parseLong(connection);
      drops.values().removeIf(gap -> gap.brokerId == broker);
      changed.removeIf(gap -> gap.brokerId == broker);
    }
  }

  @EventListener
  synchronized void on(ConnectionChanged change) {
    if (change.status().state() == ConnectionStatus.State.CONNECTED) {
      connected.put(change.key(), change);
    } else {
      disconnected(
          change.key(), change.heardUntil()); // events come late while the database is away
    }
  }

  private void disconnected(String connection, Instant heardUntil) {
    if (connected.remove(connection) == null || closed) {
      return;
    }
    attendances.forEach(
        (id, attendance) -> {
          if (attendance.connection.equals(connection) && attendance.gap == null) {
            attendance.gap = gap(id, connection, Cause.DISCONNECTED, heardUntil);
            changed.add(attendance.gap);
          }
        });
    secondsToBeat = 0;
  }

  @EventListener
  synchronized void on(SubscriptionChanged change) {
    if (change.isOfResponses()) {
      return;
    }
    long id = change.identifier();
    switch (change.status().state()) {
      case SUBSCRIBED -> attended(id, change);
      case UNSUBSCRIBED -> {
        Attendance attendance = attendances.remove(id);
        if (attendance != null) {
          ended.add(id);
          if (attendance.gap != null) {
            end(attendance.gap, change.status().since(), change.key(), 0);
          }
        }
      }
      default -> {
        // not attended yet, or no longer: the connection's event says so
      }
    }
  }

  private void attended(long id, SubscriptionChanged change) {
    ended.remove(id);
    Attendance attendance = attendances.computeIfAbsent(id, key -> new Attendance(change.key()));
    if (attendance.gap != null) {
      Integer granted = change.status().grantedQos();
      end(attendance.gap, change.status().since(), change.key(), granted == null ? 0 : granted);
      attendance.gap = null;
    }
    secondsToBeat = 0;
  }

  private void end(OpenGap gap, Instant at, String connection, int grantedQos) {
    ConnectionChanged now = connected.get(connection);
    boolean resumed = now != null && Boolean.TRUE.equals(now.sessionPresent());
    gap.to = at;
    gap.affects = resumed && grantedQos > 0 ? Affects.QOS0 : Affects.ALL;
    if (now != null && !resumed && gap.cause == Cause.DISCONNECTED) {
      gap.cause = now.cleanStart() ? Cause.CLEAN_START : Cause.SESSION_LOST;
    }
    changed.add(gap);
  }

  /** A QoS 0 message was dropped. */
  synchronized void dropped(long brokerId, @Nullable Long subscriptionId, Instant at) {
    if (subscriptionId == null) {
      return;
    }
    OpenGap gap = drops.get(subscriptionId);
    if (gap == null || !gap.extend(at, SAME_GAP)) {
      gap = new OpenGap(subscriptionId, brokerId, Cause.QOS0_DROPPED, at);
      gap.affects = Affects.QOS0;
      gap.extend(at, SAME_GAP);
      drops.put(subscriptionId, gap);
    }
    changed.add(gap);
  }

  /** How many subscriptions are not attended now, although they are wanted. */
  synchronized long open() {
    return attendances.values().stream().filter(attendance -> attendance.gap != null).count();
  }

  /** Before connections are closed: from now on nothing is attended. */
  @EventListener(ContextClosedEvent.class)
  void close() {
    synchronized (this) {
      secondsToBeat = 0;
    }
    flush();
    synchronized (this) {
      closed = true;
    }
  }

  /** Stores what changed, and every few seconds until when all is attended. */
  @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
  void flush() {
    List<OpenGap> gaps;
    List<Attended> attended;
    List<Long> noLonger;
    synchronized (this) {
      if (closed) {
        return;
      }
      boolean beat = secondsToBeat-- <= 0;
      attended = beat ? attended() : List.of();
      gaps = List.copyOf(changed);
      changed.clear();
      noLonger = List.copyOf(ended);
      ended.clear();
      if (beat) {
        secondsToBeat = SECONDS_BETWEEN_BEATS - 1;
      }
    }
    if (gaps.isEmpty() && attended.isEmpty() && noLonger.isEmpty()) {
      return;
    }
    try {
      store.store(gaps, attended, noLonger);
    } catch (RuntimeException e) {
      LOG.debug("gap ledger not stored", e); // the recording of messages says that, once
      storeLater(gaps, noLonger);
    }
  }

  private synchronized void storeLater(List<OpenGap> gaps, List<Long> noLonger) {
    changed.addAll(gaps);
    noLonger.stream().filter(id -> !attendances.containsKey(id)).forEach(ended::add);
    secondsToBeat = 0;
  }

  private List<Attended> attended() {
    Instant written = backlog.writtenUntil();
    List<Attended> attended = new ArrayList<>();
    attendances.forEach(
        (id, attendance) -> {
          if (attendance.gap == null) {
            Instant heard = connections.getObject().heardUntil(attendance.connection);
            Instant until = heard.isBefore(written) ? heard : written;
            attended.add(new Attended(id, attendance.connection, until));
          }
        });
    return attended;
  }

  private static OpenGap gap(long subscription, String connection, Cause cause, Instant from) {
    // a connection's key is its broker's id
    return new OpenGap(subscription, Long.parseLong(connection), cause, from);
  }
}
