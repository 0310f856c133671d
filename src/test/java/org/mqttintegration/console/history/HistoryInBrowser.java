package org.mqttintegration.console.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.Chromium;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A browser, a broker of the test's own, and messages of it in the history. */
abstract class HistoryInBrowser {

  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Autowired protected RestApi api;
  @Autowired protected LocalBroker local;
  @Autowired private JdbcClient database;
  @LocalServerPort private int port;

  protected final String mark = UUID.randomUUID().toString().substring(0, 8);
  protected Chromium chromium;
  protected Readers readers;
  protected RecordedMessages recorded;
  protected long broker;

  @BeforeEach
  void open() {
    chromium = new Chromium(port);
    readers = new Readers(chromium, api, mark);
    broker =
        api.create(
            "/brokers", Map.of("name", "Plant " + mark, "host", "127.0.0.1", "port", local.port()));
    recorded = new RecordedMessages(database, broker);
  }

  @AfterEach
  void close() {
    recorded.remove();
    assertThat(chromium.complaints()).isEmpty();
    chromium.close();
  }

  static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  static void link(Page page, String name) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true)).click();
  }
}
