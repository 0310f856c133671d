package org.mqttintegration.subscription;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mqttintegration.mqtt.ConnectionChanged;
import org.mqttintegration.mqtt.ConnectionKey;
import org.mqttintegration.mqtt.ConnectionStatus;
import org.mqttintegration.mqtt.FilterEnded;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.node.LeaseTaken;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The topic filters that ended, and that a broker's session may still hold. They are stored with
 * the change that ended them, so that they are unsubscribed even when the broker was away then and
 * the application has ended since.
 */
@Component
class EndedFilters {

  private final JdbcClient database;
  private final MqttConnections connections;
  private final EventWrites writes;
  private final SubscriptionRepository repository;
  private final Places places;

  EndedFilters(
      JdbcClient database,
      MqttConnections connections,
      EventWrites writes,
      SubscriptionRepository repository,
      Places places) {
    this.repository = repository;
    this.places = places;
    this.writes = writes;
    this.database = database;
    this.connections = connections;
  }

  /** Notes that a wanted subscription ends where it is made. Joins the caller's transaction. */
  void add(long brokerId, List<Places.Place> places) {
    places.forEach(place -> add(brokerId, place));
  }

  private void add(long brokerId, Places.Place place) {
    database
        .sql(
            """
            insert into ended_filter (broker_id, connection, topic, ended_at)
            values (:broker, :connection, :topic, :now)
            on conflict (connection, topic_digest(topic)) do update set ended_at = excluded.ended_at
            """)
        .param("broker", brokerId)
        .param("connection", place.connection())
        .param("topic", place.topicFilter())
        .param("now", Timestamp.from(Instant.now()))
        .update();
  }

  /** Tells a connection of them before it is made. */
  @EventListener
  void on(LeaseTaken taken) {
    String connection = taken.lease().connection();
    if (connection != null) {
      Set<String> filters = new HashSet<>(ofConnection(connection));
      filters.addAll(sharedElsewhere(connection));
      connections.leave(connection, filters); // but for those that an endpoint wants
    }
  }

  private List<String> ofConnection(String connection) {
    return database
        .sql(
            """
            select topic from ended_filter e where connection = ? and not exists (
              select from subscription s where s.wanted and not s.shared and s.broker_id = e.broker_id
                and topic_digest(s.topic) = topic_digest(e.topic))
            """)
        .param(connection)
        .query(String.class)
        .list();
  }

  /**
   * The Shared Subscriptions that a connection may have had before others shared: it would go on to
   * get a share.
   */
  private List<String> sharedElsewhere(String connection) {
    Long broker = ConnectionKey.brokerId(connection);
    return broker == null
        ? List.of()
        : repository.findShared(broker).stream()
            .map(places::of)
            .filter(of -> of.stream().noneMatch(place -> place.connection().equals(connection)))
            .map(of -> of.get(0).topicFilter())
            .toList();
  }

  /** The broker's session is without it. */
  @EventListener
  void on(FilterEnded ended) {
    forget(
        """
        delete from ended_filter where connection = :connection
          and topic_digest(topic) = topic_digest(:topic) and ended_at <= :until
        """,
        ended.key(),
        ended.topicFilter(),
        ended.askedAt());
  }

  /** A new session holds nothing. */
  @EventListener
  void on(ConnectionChanged change) {
    if (change.status().state() == ConnectionStatus.State.CONNECTED
        && Boolean.FALSE.equals(change.sessionPresent())) {
      forget(
          "delete from ended_filter where connection = :connection and ended_at <= :until",
          change.key(),
          "",
          change.status().since());
    }
  }

  /** One that stays is unsubscribed once more, which does no harm. */
  private void forget(String sql, String key, String topic, Instant until) {
    writes.later(
        () ->
            database
                .sql(sql)
                .param("connection", key)
                .param("topic", topic)
                .param("until", Timestamp.from(until))
                .update());
  }
}
