package org.mqttintegration.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.BrokerCapabilities;
import org.mqttintegration.mqtt.ConnectionChanged;
import org.mqttintegration.mqtt.ConnectionStatus;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.mqtt.SubscriptionChanged;
import org.mqttintegration.mqtt.SubscriptionStatus;
import org.mqttintegration.node.Leases;
import org.mqttintegration.node.Notices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * Tells the other nodes, by the table {@code reported_state}, what the connections that this node
 * has are doing, and their subscriptions. What cannot be written is written later.
 */
@Component
class StateReports implements DisposableBean {

  /** The identifier of a connection itself. */
  static final int CONNECTION = 0;

  private static final Logger LOG = LoggerFactory.getLogger(StateReports.class);
  private static final long SOON_MILLIS = 100;
  private static final long AGAIN_MILLIS = 1_000;

  private final NamedParameterJdbcOperations database;
  private final MqttConnections connections;
  private final Leases leases;
  private final Notices notices;
  private final ObjectMapper json;
  private final Map<Key, Report> waiting = new LinkedHashMap<>();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, new CustomizableThreadFactory("state-reports-"));

  private record Key(String connection, int identifier) {}

  /** A connection's status, or a subscription's. */
  private record Report(
      @Nullable ConnectionStatus connection, @Nullable SubscriptionStatus subscription) {}

  StateReports(
      NamedParameterJdbcOperations database,
      MqttConnections connections,
      Leases leases,
      Notices notices,
      ObjectMapper json) {
    this.database = database;
    this.connections = connections;
    this.leases = leases;
    this.notices = notices;
    this.json = json;
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @EventListener
  void on(ConnectionChanged change) {
    report(new Key(change.key(), CONNECTION), new Report(change.status(), null));
  }

  @EventListener
  void on(SubscriptionChanged change) {
    report(new Key(change.key(), change.identifier()), new Report(null, change.status()));
  }

  private void report(Key key, Report report) {
    boolean isFirst;
    synchronized (waiting) {
      isFirst = waiting.isEmpty();
      waiting.put(key, report);
    }
    if (isFirst) {
      writeAfter(SOON_MILLIS);
    }
  }

  private void writeAfter(long millis) {
    try {
      thread.schedule(this::write, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("stopping", e);
    }
  }

  private void write() {
    Map<Key, Report> reports;
    synchronized (waiting) {
      reports = new LinkedHashMap<>(waiting);
      waiting.clear();
    }
    reports.keySet().removeIf(key -> leases.ofConnection(key.connection()).isEmpty());
    if (reports.isEmpty()) {
      return;
    }
    try {
      store(reports);
      notices.tellSoon(Notices.STATES, "");
    } catch (RuntimeException e) {
      LOG.debug("states not told", e);
      synchronized (waiting) {
        reports.forEach(waiting::putIfAbsent);
      }
      writeAfter(AGAIN_MILLIS);
    }
  }

  private void store(Map<Key, Report> reports) {
    List<SqlParameterSource> rows =
        reports.entrySet().stream().map(e -> row(e.getKey(), e.getValue())).toList();
    database.batchUpdate(
        """
        insert into reported_state (connection, identifier, state, since, message, granted_qos,
                                    capabilities)
        values (:connection, :identifier, :state, :since, :message, :qos, :capabilities)
        on conflict (connection, identifier)
        do update set state = excluded.state, since = excluded.since, message = excluded.message,
                      granted_qos = excluded.granted_qos, capabilities = excluded.capabilities
        """,
        rows.toArray(SqlParameterSource[]::new));
  }

  private SqlParameterSource row(Key key, Report report) {
    ConnectionStatus connection = report.connection();
    SubscriptionStatus subscription = report.subscription();
    MapSqlParameterSource row =
        new MapSqlParameterSource("connection", key.connection())
            .addValue("identifier", key.identifier());
    if (connection != null) {
      row.addValue("state", connection.state().name())
          .addValue("since", Timestamp.from(connection.since()))
          .addValue("message", connection.message(), Types.VARCHAR)
          .addValue("qos", null, Types.INTEGER)
          .addValue("capabilities", capabilities(key.connection()), Types.VARCHAR);
    } else if (subscription != null) {
      row.addValue("state", subscription.state().name())
          .addValue("since", Timestamp.from(subscription.since()))
          .addValue("message", subscription.message(), Types.VARCHAR)
          .addValue("qos", subscription.grantedQos(), Types.INTEGER)
          .addValue("capabilities", null, Types.VARCHAR);
    }
    return row;
  }

  private @Nullable String capabilities(String connection) {
    BrokerCapabilities known = connections.capabilities(connection).orElse(null);
    try {
      return known == null ? null : json.writeValueAsString(known);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void destroy() {
    thread.shutdown();
  }
}
