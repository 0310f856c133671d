package org.mqttintegration.console.history;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.InBrowser;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A browser, a broker of the test's own, and messages of it in the history. */
abstract class HistoryInBrowser extends InBrowser {

  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Autowired protected LocalBroker local;
  @Autowired private JdbcClient database;

  protected RecordedMessages recorded;
  protected long broker;

  @BeforeEach
  void open() {
    broker =
        api.create(
            "/brokers", Map.of("name", "Plant " + mark, "host", "127.0.0.1", "port", local.port()));
    recorded = new RecordedMessages(database, broker);
  }

  @AfterEach
  void close() {
    recorded.remove();
  }
}
