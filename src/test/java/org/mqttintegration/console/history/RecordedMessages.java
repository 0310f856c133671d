package org.mqttintegration.console.history;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Messages of a broker that a test has in the history, without any broker. */
final class RecordedMessages {

  private static final AtomicLong IDS = new AtomicLong(77_000_000_000L);

  private final JdbcClient database;
  private final long broker;

  RecordedMessages(JdbcClient database, long broker) {
    this.database = database;
    this.broker = broker;
  }

  /** So many, one a second, the last of them at an instant. */
  void insertMany(String topic, Instant last, int count) {
    for (int i = 0; i < count; i++) {
      insert(topic + "/" + i, last.minusSeconds(i), "value " + i);
    }
  }

  long insert(String topic, Instant time, String payload) {
    return insert(topic, time, payload.getBytes(StandardCharsets.UTF_8));
  }

  long insert(String topic, Instant time, byte[] payload) {
    long id = IDS.incrementAndGet();
    database
        .sql(
            """
            insert into history (id, "timestamp", direction, broker_id, topic, payload, qos, retain,
                                 duplicate, content_type, user_properties)
            values (:id, :time, 'receive', :broker, :topic, :payload, 1, false, false,
                    'text/plain', '[{"name": "origin", "value": "press-4"}]')
            """)
        .param("id", id)
        .param("time", Timestamp.from(time))
        .param("broker", broker)
        .param("topic", topic)
        .param("payload", payload)
        .update();
    return id;
  }

  void gap(Instant from, Instant to) {
    database
        .sql(
            """
            insert into gap (subscription_id, broker_id, cause, affects, starts, ends)
            values (990001, :broker, 'sessionLost', 'all', :from, :to),
                   (990002, :broker, 'sessionLost', 'all', :from, :to)
            """)
        .param("broker", broker)
        .param("from", Timestamp.from(from))
        .param("to", Timestamp.from(to))
        .update();
  }

  void remove() {
    database.sql("delete from history where broker_id = ?").param(broker).update();
    database.sql("delete from gap where broker_id = ?").param(broker).update();
  }
}
