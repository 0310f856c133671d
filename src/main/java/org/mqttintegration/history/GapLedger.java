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
import org.mqttintegration.history.GapStore.Served;
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

  private final Map<Served, Attendance> attendances = new HashMap<>();
  private final Map<Served, OpenGap> drops = new HashMap<>();
  private final Map<String, ConnectionChanged> connected = new HashMap<>();
  private final Set<OpenGap> changed = new LinkedHashSet<>();
  private final Set<Served> ended = new HashSet<>();
  private int secondsToBeat;
  private boolean closed;

  /** A subscription that is wanted and was granted once. */
  private static final class Attendance {
    /** While it is not attended. */
    private @Nullable OpenGap gap;
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
    Map<Served, OpenGap> open = new HashMap<>();
    store
        .open(connection)
        .forEach(gap -> open.put(new Served(gap.subscriptionId, connection), gap));
    List<Attended> before = store.attended(connection);
    synchronized (this) {
      for (Attended attended : before) {
        Attendance attendance = new Attendance();
        attendance.gap =
            open.getOrDefault(
                attended.served(),
                gap(attended.served(), Cause.APPLICATION_DOWN, attended.until()));
        changed.add(attendance.gap);
        attendances.put(attended.served(), attendance);
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
      attendances.keySet().removeIf(served -> served.connection().equals(connection));
      drops.keySet().removeIf(served -> served.connection().equals(connection));
      changed.removeIf(gap -> gap.connection.equals(connection));
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
        (served, attendance) -> {
          if (served.connection().equals(connection) && attendance.gap == null) {
            attendance.gap = gap(served, Cause.DISCONNECTED, heardUntil);
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
    Served served = new Served(change.identifier(), change.key());
    switch (change.status().state()) {
      case SUBSCRIBED -> attended(served, change);
      case UNSUBSCRIBED -> {
        Attendance attendance = attendances.remove(served);
        if (attendance != null) {
          ended.add(served);
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

  private void attended(Served served, SubscriptionChanged change) {
    ended.remove(served);
    Attendance attendance = attendances.computeIfAbsent(served, key -> new Attendance());
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
  synchronized void dropped(String connection, @Nullable Long subscriptionId, Instant at) {
    if (subscriptionId == null) {
      return;
    }
    Served served = new Served(subscriptionId, connection);
    OpenGap gap = drops.get(served);
    if (gap == null || !gap.extend(at, SAME_GAP)) {
      gap = gap(served, Cause.QOS0_DROPPED, at);
      gap.affects = Affects.QOS0;
      gap.extend(at, SAME_GAP);
      drops.put(served, gap);
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
    List<Served> noLonger;
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

  private synchronized void storeLater(List<OpenGap> gaps, List<Served> noLonger) {
    changed.addAll(gaps);
    noLonger.stream().filter(served -> !attendances.containsKey(served)).forEach(ended::add);
    secondsToBeat = 0;
  }

  private List<Attended> attended() {
    Instant written = backlog.writtenUntil();
    List<Attended> attended = new ArrayList<>();
    attendances.forEach(
        (served, attendance) -> {
          if (attendance.gap == null) {
            Instant heard = connections.getObject().heardUntil(served.connection());
            Instant until = heard.isBefore(written) ? heard : written;
            attended.add(new Attended(served, until));
          }
        });
    return attended;
  }

  private static OpenGap gap(Served served, Cause cause, Instant from) {
    return new OpenGap(served.subscriptionId(), served.connection(), cause, from);
  }
}
