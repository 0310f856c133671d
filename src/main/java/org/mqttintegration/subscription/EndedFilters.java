package org.mqttintegration.subscription;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.mqttintegration.mqtt.ConnectionChanged;
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

  EndedFilters(JdbcClient database, MqttConnections connections, EventWrites writes) {
    this.writes = writes;
    this.database = database;
    this.connections = connections;
  }

  /** Notes that a wanted subscription ends. Joins the caller's transaction. */
  void add(long brokerId, String topic) {
    database
        .sql(
            """
            insert into ended_filter (broker_id, topic, ended_at) values (:broker, :topic, :now)
            on conflict (broker_id, topic_digest(topic)) do update set ended_at = excluded.ended_at
            """)
        .param("broker", brokerId)
        .param("topic", topic)
        .param("now", Timestamp.from(Instant.now()))
        .update();
  }

  /** Tells a connection of them before it is made. */
  @EventListener
  void on(LeaseTaken taken) {
    String connection = taken.lease().connection();
    if (connection != null) {
      connections.leave(connection, ofConnection(connection));
    }
  }

  private List<String> ofConnection(String connection) {
    return database
        .sql(
            """
            select topic from ended_filter e where broker_id = ? and not exists (
              select from subscription s where s.wanted and s.broker_id = e.broker_id
                and topic_digest(s.topic) = topic_digest(e.topic))
            """)
        .param(Long.valueOf(connection)) // its key is its broker's id
        .query(String.class)
        .list();
  }

  /** The broker's session is without it. */
  @EventListener
  void on(FilterEnded ended) {
    forget(
        """
        delete from ended_filter where broker_id = :broker
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
          "delete from ended_filter where broker_id = :broker and ended_at <= :until",
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
                .param("broker", Long.valueOf(key))
                .param("topic", topic)
                .param("until", Timestamp.from(until))
                .update());
  }
}
