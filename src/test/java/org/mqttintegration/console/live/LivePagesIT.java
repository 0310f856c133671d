package org.mqttintegration.console.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.InBrowser;
import org.mqttintegration.testing.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Pages are up to date by themselves. */
@IntegrationTest
class LivePagesIT extends InBrowser {

  @Autowired private LocalBroker local;
  @Autowired private LiveStreams streams;
  @Autowired private JdbcClient database;

  @Test
  void given_an_open_overview_when_a_broker_connects_and_messages_go_then_it_shows_both() {
    long broker = broker(1);
    Page page = signedIn("viewer", "/console/");
    Locator row = row(page);
    assertThat(row).containsText("Connection refused");
    page.evaluate("window.notReloaded = true");
    long subscription =
        api.create("/subscriptions", Map.of("brokerId", broker, "topic", "gap/" + mark));
    gap(subscription, broker);
    assertThat(page.getByText("gap/" + mark)).isVisible();

    api.patch("/brokers/" + broker, Map.of("port", local.port())).expect(200);

    assertThat(row.locator(".state")).hasText("Connected");
    send(broker, 5);
    assertThat(page.locator("#rates .tile").nth(1).locator("strong")).not().hasText("0.0 a second");
    assertThat(page.evaluate("window.notReloaded")).isEqualTo(true);
    chromium.look(page, "overview-live");
  }

  @Test
  void given_an_open_list_when_a_row_has_the_focus_then_it_keeps_it_through_updates() {
    long broker = broker(1);
    Page page = signedIn("viewer", "/console/brokers?name=" + mark);
    Locator link = page.locator("#broker-" + broker);
    link.focus();

    api.patch("/brokers/" + broker, Map.of("port", local.port())).expect(200);

    assertThat(page.locator("td .state").first()).hasText("Connected");
    assertThat(link).isFocused();
  }

  @Test
  void given_a_signal_when_it_is_sent_then_the_list_of_sends_shows_it_without_a_reload() {
    long broker = broker(local.port());
    Page page = signedIn("viewer", "/console/sends?brokerId=" + broker);
    assertThat(page.locator("#rows")).containsText("Nothing is like that");

    send(broker, 2);

    assertThat(page.locator("#rows tbody tr")).hasCount(2);
    chromium.look(page, "sends");
  }

  @Test
  void
      given_the_page_that_was_asked_for_before_signing_in_when_it_updates_then_only_its_part_does() {
    broker(1);
    Page page = signedIn("viewer", "/console/brokers?name=" + mark);

    page.waitForResponse(
        response -> "true".equals(response.request().headers().get("hx-request")), () -> {});

    assertThat(page.locator("main")).hasCount(1);
    assertThat(page.context().cookies().stream().map(cookie -> cookie.name).toList())
        .doesNotContain("REDIRECT_URI");
  }

  @Test
  void given_pages_when_they_are_left_then_their_streams_end() {
    Page page = signedIn("viewer", "/console/");
    await().untilAsserted(() -> assertThat(streams.open()).isPositive());

    page.context().close();

    await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(streams.open()).isZero());
  }

  private void gap(long subscription, long broker) {
    database
        .sql(
            """
            insert into gap (subscription_id, broker_id, cause, affects, starts)
            values (:subscription, :broker, 'disconnected', 'qos0', now())
            """)
        .param("subscription", subscription)
        .param("broker", broker)
        .update();
  }

  private Locator row(Page page) {
    return page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName("Broker " + mark));
  }

  private long broker(int at) {
    return api.create(
        "/brokers", Map.of("name", "Broker " + mark, "host", "127.0.0.1", "port", at));
  }

  private void send(long broker, int times) {
    for (int i = 0; i < times; i++) {
      api.post(
              "/sends",
              Map.of("brokerId", broker, "topic", "live/" + mark, "payload", "on", "qos", 1))
          .expect(202);
    }
  }
}
