package org.mqttintegration.console.history;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.MqttTestClient;

/** The list of messages in the console. */
@IntegrationTest
class HistoryPagesIT extends HistoryInBrowser {

  @Test
  void given_many_messages_when_a_viewer_scrolls_then_all_come_once_with_the_gap_at_its_place() {
    recorded.insertMany("pages/" + mark, NOON, 180);
    recorded.gap(NOON.minusSeconds(40), NOON.minusMillis(29_500));
    Page page = signedInReader("viewer", "/console/history?brokerId=" + broker);
    Locator rows = page.locator("#messages [data-number]");
    assertThat(rows).hasCount(50);
    Locator gap = page.locator("#messages .gap");
    assertThat(gap).hasCount(1);
    assertThat(gap).containsText("the broker did not keep the session");
    assertThat(gap.locator("xpath=preceding-sibling::tr")).hasCount(30);
    assertThat(page.locator("#complete")).containsText("Messages may be missing here");
    chromium.look(page, "history-list");
    page.reload(); // the screenshot has shown the list's end, so that more came
    assertThat(rows).hasCount(50);

    page.evaluate("window.scrollTo(0, document.body.scrollHeight)");
    assertThat(rows).hasCount(100);
    Object height = page.evaluate("document.body.scrollHeight - window.scrollY > 1500");
    assertThat(height).as("what came is below, and nothing moved").isEqualTo(true);
    while (page.locator(".more").count() > 0) {
      int before = rows.count();
      page.locator(".more").scrollIntoViewIfNeeded();
      assertThat(rows.nth(before)).isVisible();
    }

    assertThat(rows).hasCount(180);
    assertThat(page.locator(".end")).isVisible();
    assertThat(
            page.evaluate(
                "new Set([...document.querySelectorAll('#messages tr')].map(r => r.id)).size"))
        .isEqualTo(182);
    assertThat(gap).hasCount(1);
  }

  @Test
  void given_a_filter_when_it_is_typed_then_it_is_in_the_address_and_its_faults_at_their_fields() {
    recorded.insertMany("pages/" + mark, NOON, 20);
    Page page = signedInReader("operator", "/console/history?brokerId=" + broker);

    page.locator("#field-topic").fill("pages/+/7");
    press(page, "Show");
    assertThat(page.locator("#messages [data-number]")).hasCount(1);
    assertThat(page).hasURL(Pattern.compile("topic=pages%2F%2B%2F7"));
    assertThat(page.locator("#field-topic")).hasValue("pages/+/7");

    page.locator("#field-from").fill("yesterday");
    page.locator("#field-topic").fill("pages/#/7");
    press(page, "Show");
    assertThat(page.locator("#field-from-error")).isVisible();
    assertThat(page.locator("#field-from")).hasValue("yesterday");
    chromium.look(page, "history-refused");

    page.locator("#field-from").fill("");
    press(page, "Show");
    assertThat(page.locator("#field-topic-error")).isVisible();
    page.locator("#field-topic").fill("pages/+/none");
    press(page, "Show");
    assertThat(page.locator("#nothing")).containsText("No message is like that so far.");
    link(page, "hour");
    assertThat(page).hasURL(Pattern.compile("topic=pages%2F%2B%2Fnone&from=2"));
    chromium.look(page, "history-none");
  }

  @Test
  void given_an_open_list_when_messages_come_then_they_stand_on_top_or_wait_while_it_is_paused()
      throws Exception {
    api.subscribe(broker, "tail/" + mark + "/#", 1);
    Page page = signedInReader("administrator", "/console/history?brokerId=" + broker);
    assertThat(page.locator("#nothing")).isVisible();
    Locator rows = page.locator("#messages [data-number]");
    try (MqttTestClient client = MqttTestClient.connect(local.uri())) {
      publish(client, 1, 1);
      assertThat(rows).hasCount(1);
      assertThat(rows.first()).containsText("message 1");

      press(page, "Pause");
      publish(client, 2, 3);
      assertThat(page.locator("#news")).hasText("3 new messages: show");
      assertThat(rows).hasCount(1);
      chromium.look(page, "history-paused");
      press(page, "Go on");
      assertThat(rows).hasCount(4);
      assertThat(rows.first()).containsText("message 4");
      assertThat(page.locator("#news")).isHidden();

      press(page, "Pause");
      publish(client, 5, 70);
      assertThat(page.locator("#news")).hasText("More than 50 new messages: show the newest");
      page.locator("#news").click();
      assertThat(rows.first()).containsText("message 74");
      page.locator(".more").scrollIntoViewIfNeeded();
      assertThat(rows).hasCount(74);
      assertThat(rows.last()).containsText("message 1");
    }
  }

  private void publish(MqttTestClient client, int first, int count) throws Exception {
    for (int i = first; i < first + count; i++) {
      client.publish("tail/" + mark + "/" + i, "message " + i, 1);
    }
  }

  @Test
  void given_an_account_without_payloads_when_it_looks_then_that_is_told_once() {
    recorded.insertMany("pages/" + mark, NOON, 3);
    Page page = signedIn("viewer", "/console/history?brokerId=" + broker);

    assertThat(page.locator("p", new Page.LocatorOptions().setHasText("Payloads are withheld")))
        .hasCount(1);
    assertThat(page.locator("#messages .payload").first()).isEmpty();
    chromium.look(page, "history-withheld");
    page.locator("#messages .when a").first().focus();
    page.locator("#messages .when a").first().click();
    assertThat(page.locator("main")).containsText("It is withheld");
    assertThat(page.getByText("Save as a file")).hasCount(0);
    assertThat(page.getByText("Send again")).hasCount(0);
  }
}
