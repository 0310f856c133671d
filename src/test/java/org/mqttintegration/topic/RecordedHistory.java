package org.mqttintegration.topic;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database with a history, written as recording does: rows, and then their commit. */
final class RecordedHistory {

  /** One server for all tests of the JVM. */
  private static final EmbeddedPostgres POSTGRES = start();

  private final DataSource data;
  private final JdbcClient database;
  private long id = 1;

  RecordedHistory() {
    String name = "history_" + System.nanoTime();
    JdbcClient.create(POSTGRES.getPostgresDatabase()).sql("create database " + name).update();
    data = POSTGRES.getDatabase("postgres", name);
    Flyway.configure().dataSource(data).load().migrate();
    database = JdbcClient.create(data);
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DataSource data() {
    return data;
  }

  JdbcClient database() {
    return database;
  }

  RecordedHistory received(long broker, String topic, Instant time, String payload) {
    return store(broker, topic, time, payload.getBytes(StandardCharsets.UTF_8), "receive");
  }

  RecordedHistory store(long broker, String topic, Instant time, byte[] payload, String direction) {
    database
        .sql(
            """
            insert into history (id, "timestamp", direction, broker_id, topic, payload, qos, retain, duplicate)
            values (:id, :time, :direction, :broker, :topic, :payload, 1, false, false)
            """)
        .param("id", id)
        .param("time", time.atOffset(ZoneOffset.UTC))
        .param("direction", direction)
        .param("broker", broker)
        .param("topic", topic)
        .param("payload", payload)
        .update();
    committed(id, id, time, time);
    id++;
    return this;
  }

  /** As many messages as that, one each second, in commits of a thousand. */
  void many(long broker, String topic, Instant from, int messages, String payload) {
    database
        .sql(
            """
            insert into history (id, "timestamp", direction, broker_id, topic, payload, qos, retain, duplicate)
            select :id + n, cast(:from as timestamptz) + n * interval '1 second', 'receive', :broker, :topic,
                   convert_to(replace(:payload, '?', n::text), 'UTF8'), 1, false, false
            from generate_series(0, :messages - 1) n
            """)
        .param("id", id)
        .param("from", from.atOffset(ZoneOffset.UTC))
        .param("broker", broker)
        .param("topic", topic)
        .param("payload", payload)
        .param("messages", messages)
        .update();
    for (int begin = 0; begin < messages; begin += 1000) {
      int end = Math.min(messages, begin + 1000) - 1;
      committed(id + begin, id + end, from.plusSeconds(begin), from.plusSeconds(end));
    }
    id += messages;
  }

  private void committed(long first, long last, Instant from, Instant to) {
    database
        .sql("select history_committed(:first, :last, :from, :to, :messages)")
        .param("first", first)
        .param("last", last)
        .param("from", from.atOffset(ZoneOffset.UTC))
        .param("to", to.atOffset(ZoneOffset.UTC))
        .param("messages", (int) (last - first + 1))
        .query((row, number) -> number)
        .list();
  }
}
