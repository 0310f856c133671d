package org.mqttintegration.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.BrokerCapabilities;
import org.mqttintegration.mqtt.ConnectionStatus;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.mqtt.SubscriptionStatus;
import org.mqttintegration.node.Leases;
import org.mqttintegration.node.Notice;
import org.mqttintegration.node.Notices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What connections and subscriptions are doing, on whichever node: this node knows its own, and of
 * the others what they reported last.
 */
@Component
public class ReportedStates {

  private static final Logger LOG = LoggerFactory.getLogger(ReportedStates.class);

  private static final long LOOK_MILLIS = 20;

  private final JdbcClient database;
  private final MqttConnections connections;
  private final Leases leases;
  private final ObjectMapper json;
  private volatile Map<Key, Reported> reported = Map.of();

  private record Key(String connection, int identifier) {}

  private record Reported(
      String state,
      Instant since,
      @Nullable String message,
      @Nullable Integer grantedQos,
      @Nullable BrokerCapabilities capabilities) {}

  ReportedStates(
      JdbcClient database, MqttConnections connections, Leases leases, ObjectMapper json) {
    this.database = database;
    this.connections = connections;
    this.leases = leases;
    this.json = json;
  }

  /** How a connection is doing. */
  public ConnectionStatus connection(String key) {
    Reported known = elsewhere(key, StateReports.CONNECTION);
    return known == null
        ? connections.status(key)
        : new ConnectionStatus(
            ConnectionStatus.State.valueOf(known.state()), known.since(), known.message());
  }

  /** What the broker of a connection can do; null before it said so. */
  @Nullable BrokerCapabilities capabilities(String key) {
    Reported known = elsewhere(key, StateReports.CONNECTION);
    return known == null ? connections.capabilities(key).orElse(null) : known.capabilities();
  }

  /** What the broker said of a subscription; empty while it has no route. */
  public Optional<SubscriptionStatus> subscription(String key, int identifier) {
    Reported known = elsewhere(key, identifier);
    return known == null
        ? connections.subscription(key, identifier)
        : Optional.of(
            new SubscriptionStatus(
                SubscriptionStatus.State.valueOf(known.state()),
                known.since(),
                known.grantedQos(),
                known.message()));
  }

  /**
   * Waits until another node reports of a subscription what is asked for.
   *
   * @param limit the longest wait
   * @return what it reported last; empty when nothing
   */
  public Optional<SubscriptionStatus> await(
      String key, int identifier, Predicate<SubscriptionStatus> asked, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    Optional<SubscriptionStatus> status = subscription(key, identifier);
    while (status.filter(asked).isEmpty() && System.nanoTime() < end) {
      Thread.sleep(LOOK_MILLIS);
      status = subscription(key, identifier);
    }
    return status;
  }

  /** Whether another node has a connection, and this one only hears of it. */
  public boolean isElsewhere(String key) {
    return leases.hasOthers() && leases.ofConnection(key).isEmpty();
  }

  private @Nullable Reported elsewhere(String key, int identifier) {
    return isElsewhere(key) ? reported.get(new Key(key, identifier)) : null;
  }

  /** Another node reported something. */
  @EventListener
  void on(Notice notice) {
    if (notice.isOf(Notices.STATES)) {
      read();
    }
  }

  /** In case that a notice was lost. */
  @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
  void readAgain() {
    if (leases.hasOthers()) {
      read();
    }
  }

  private void read() {
    Map<Key, Reported> read = new HashMap<>();
    try {
      database
          .sql("select * from reported_state")
          .query(
              row -> {
                read.put(
                    new Key(row.getString("connection"), row.getInt("identifier")), reported(row));
              });
      reported = read;
    } catch (RuntimeException e) {
      LOG.debug("states not read", e); // others say that the database is away
    }
  }

  private Reported reported(ResultSet row) throws SQLException {
    String capabilities = row.getString("capabilities");
    try {
      return new Reported(
          row.getString("state"),
          row.getTimestamp("since").toInstant(),
          row.getString("message"),
          row.getObject("granted_qos", Integer.class),
          capabilities == null ? null : json.readValue(capabilities, BrokerCapabilities.class));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
