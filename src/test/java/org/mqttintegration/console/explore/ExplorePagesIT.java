package org.mqttintegration.console.explore;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.InBrowser;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.MqttTestClient;
import org.springframework.beans.factory.annotation.Autowired;

/** People explore topics in the console. */
@IntegrationTest
class ExplorePagesIT extends InBrowser {

  /** One pixel. */
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  @Autowired private LocalBroker local;

  private long broker;
  private MqttTestClient client;

  @BeforeEach
  void open() throws Exception {
    broker =
        api.create(
            "/brokers",
            Map.of("name", "Explored " + mark, "host", "127.0.0.1", "port", local.port()));
    client = MqttTestClient.connect(local.uri());
  }

  @AfterEach
  void close() throws Exception {
    client.close();
  }

  @Test
  void
      given_a_broker_with_topics_when_messages_come_then_the_open_tree_and_topic_follow_by_themselves()
          throws Exception {
    api.subscribe(broker, mark + "/#", 1);
    publish(
        "line1/press/temp", "{\"temperature\": 20.5, \"state\": {\"load\": 3}, \"unit\": \"C\"}");
    publish("line1/press/speed", "1200");
    publish("line2/belt", "on");
    awaitMessages(3);
    Page page = exploring(signedInReader("operator", "/console/explore?brokerId=" + broker));

    row(page, mark).getByRole(AriaRole.BUTTON).click();
    row(page, mark + "/line1").getByRole(AriaRole.BUTTON).click();
    row(page, mark + "/line1/press").getByRole(AriaRole.BUTTON).click();
    assertThat(row(page, mark)).containsText("3 topics, 3 messages");
    assertThat(row(page, mark + "/line1/press/temp")).containsText("{\"temperature\": 20.5");
    row(page, mark + "/line1/press/temp").getByRole(AriaRole.LINK).click();
    assertThat(page.locator("#topic-name")).hasText(mark + "/line1/press/temp");
    assertThat(page.locator("#payload")).containsText("\"temperature\": 20.5,");
    assertThat(page).hasURL(Pattern.compile("topic="));

    Locator focused = row(page, mark + "/line1").getByRole(AriaRole.BUTTON);
    focused.focus();
    MqttProperties properties = new MqttProperties();
    properties.setContentType("application/json");
    properties.setUserProperties(List.of(new UserProperty("origin", "press-4")));
    client.publish(
        mark + "/line1/press/temp",
        "{\"temperature\": 23.5, \"state\": {\"load\": 3}, \"unit\": \"C\"}".getBytes(),
        1,
        false,
        properties);
    publish("line1/press/added", "new");

    assertThat(row(page, mark)).containsText("4 topics, 5 messages");
    assertThat(row(page, mark + "/line1/press/added")).containsText("new");
    assertThat(row(page, mark + "/line1/press/temp")).containsText("23.5");
    assertThat(focused).isFocused();
    assertThat(page.locator("#payload")).containsText("\"temperature\": 23.5,");
    assertThat(page.locator(".difference .removed"))
        .hasText(Pattern.compile("-\\s+\"temperature\": 20.5,"));
    assertThat(page.locator(".difference .added"))
        .hasText(Pattern.compile("\\+\\s+\"temperature\": 23.5,"));
    assertThat(page.locator("#properties")).containsText("origin: press-4");
    assertThat(page.locator(".recent li")).hasCount(2);
    assertThat(page.locator("#plot-words")).hasText("2 messages read.");
    chromium.look(page, "explore");

    page.locator("#plot-field").selectOption("/state/load");
    page.getByText("The numbers of the plot").click();
    assertThat(page.locator("#plot-table tbody")).containsText("3");
    page.locator("#plot-field").selectOption("/temperature");
    Locator table = page.locator("#plot-table tbody");
    assertThat(table).containsText(Pattern.compile("20\\.5[^\\n]*23\\.5|20\\.5[\\s\\S]*23\\.5"));
    assertThat(page.locator("#plot-area canvas")).isVisible();

    page.locator(".recent li a").last().click();
    assertThat(page.locator("#message")).containsText("This is an earlier message.");
    assertThat(page.locator("#payload")).containsText("20.5");
    link(page, "Hex");
    assertThat(page.locator("#payload")).containsText("000000  7b 22 74 65");
    chromium.look(page, "explore-hex");
  }

  @Test
  void given_many_numbers_when_plotted_then_each_column_is_right_and_a_part_can_be_looked_at()
      throws Exception {
    long subscription = api.subscribe(broker, mark + "/#", 1);
    double sum = 0;
    for (int i = 0; i < 200; i++) {
      double number = Math.round(1000 * Math.sin(i / 20.0)) / 100.0;
      sum += number;
      publish("wave", String.valueOf(number));
    }
    awaitMessages(200);
    String topic = mark + "/wave";
    Page page =
        exploring(
            signedInReader(
                "viewer", "/console/explore?brokerId=%d&topic=%s".formatted(broker, topic)));

    page.getByText("The numbers of the plot").click();
    assertThat(page.locator("#plot-words")).hasText("200 messages read.");
    double drawn = 0;
    int count = 0;
    for (Locator row : page.locator("#plot-table tbody tr").all()) {
      List<String> cells = row.locator("td").allTextContents();
      int messages = Integer.parseInt(cells.get(3));
      count += messages;
      drawn += messages * Double.parseDouble(cells.get(1).replace(",", ""));
      assertThat(Double.parseDouble(cells.get(0))).isGreaterThanOrEqualTo(-10);
      assertThat(Double.parseDouble(cells.get(2))).isLessThanOrEqualTo(10);
    }
    assertThat(count).isEqualTo(200);
    assertThat(drawn).isCloseTo(sum, org.assertj.core.data.Offset.offset(0.1));

    page.locator("#plot-range").selectOption("300");
    page.locator("#plot-table tbody tr").first().waitFor();
    chromium.look(page, "explore-plot");
    var box = page.locator("#plot-area .u-over").boundingBox();
    page.mouse().move(box.x + 5, box.y + 50);
    page.mouse().down();
    page.mouse().move(box.x + box.width / 2, box.y + 50);
    page.mouse().up();
    assertThat(page.locator("#plot-back")).isEnabled();
    page.locator("#plot-back").click();
    assertThat(page.locator("#plot-back")).isDisabled();
    assertThat(page.locator("#plot-words")).hasText("200 messages read.");
    assertThat(subscription).isPositive();
  }

  @Test
  void given_images_and_odd_topics_when_explored_then_each_is_shown_for_what_it_is()
      throws Exception {
    api.subscribe(broker, mark + "/#", 1);
    client.publish(
        mark + "//100%/<b>", "<script>alert(1)</script>".getBytes(), 1, true, new MqttProperties());
    client.publish(
        mark + "/camera", Base64.getDecoder().decode(PNG), 1, false, new MqttProperties());
    String deep = mark + "/x".repeat(100);
    client.publish(deep, "deep".getBytes(), 1, false, new MqttProperties());
    String wide = mark + "/" + "w".repeat(5_000);
    client.publish(wide, "wide".getBytes(), 1, false, new MqttProperties());
    awaitMessages(4);
    Page page = exploring(signedInReader("viewer", "/console/explore?brokerId=" + broker));

    row(page, mark).getByRole(AriaRole.BUTTON).focus();
    page.keyboard().press("ArrowRight");
    assertThat(row(page, mark + "/camera")).isVisible();
    row(page, mark + "/camera").getByRole(AriaRole.LINK).click();
    assertThat(page.locator(".payload img")).isVisible();
    chromium.look(page, "explore-image");
    row(page, mark + "/").getByRole(AriaRole.BUTTON).click();
    row(page, mark + "//100%").getByRole(AriaRole.BUTTON).click();
    row(page, mark + "//100%/<b>").getByRole(AriaRole.LINK).click();
    assertThat(page.locator("#payload")).hasText("<script>alert(1)</script>");
    row(page, wide).getByRole(AriaRole.LINK).click();
    assertThat(page.locator("#payload")).hasText("wide");
    assertThat(page.locator("#topic-name")).hasText(wide);

    page.getByLabel("Filter").fill("x/x/x/X");
    assertThat(page.locator(".levels li")).hasCount(1);
    page.locator(".levels a").click();
    assertThat(page.locator("#topic-name")).hasText(deep);
    assertThat(page.locator("#payload")).hasText("deep");
    chromium.look(page, "explore-filter");
    page.getByLabel("Filter").fill("no such text");
    assertThat(page.locator("#no-match")).isVisible();
    page.getByLabel("Filter").fill("");
    assertThat(row(page, mark + "//100%/<b>")).isVisible();
  }

  @Test
  void
      given_somebody_who_may_not_read_payloads_when_exploring_then_counts_are_shown_and_why_no_value()
          throws Exception {
    api.subscribe(broker, mark + "/#", 1);
    publish("secret", "{\"secret\": 4711}");
    awaitMessages(1);
    String topic = mark + "/secret";
    Page page =
        exploring(
            signedIn("operator", "/console/explore?brokerId=%d&topic=%s".formatted(broker, topic)));

    assertThat(row(page, topic)).containsText("1 message");
    assertThat(page.locator("#message")).containsText("Your account may not read payloads");
    assertThat(page.locator("#plot")).hasCount(0);
    assertThat(page.content()).doesNotContain("4711");
    chromium.look(page, "explore-withheld");
  }

  @Test
  void given_a_broker_without_messages_when_explored_then_the_page_says_what_to_do_until_one_comes()
      throws Exception {
    api.subscribe(broker, mark + "/#", 1);
    Page page = exploring(signedInReader("administrator", "/console/explore?brokerId=" + broker));
    assertThat(page.locator("#no-message")).isVisible();
    chromium.look(page, "explore-empty");

    publish("first", "1");

    assertThat(row(page, mark)).isVisible();
    assertThat(page.locator("#no-message")).isHidden();
  }

  private void publish(String topic, String payload) throws Exception {
    client.publish(mark + "/" + topic, payload, 1);
  }

  private void awaitMessages(int count) {
    Awaitility.await()
        .until(
            () ->
                api.get("/brokers/%d/topics".formatted(broker))
                        .json()
                        .at("/items/0/messages")
                        .asInt()
                    == count);
  }

  private static Locator row(Page page, String path) {
    String quoted = path.replace("\\", "\\\\").replace("\"", "\\\"");
    return page.locator(".levels li[data-path=\"%s\"] > .node".formatted(quoted));
  }

  /** Waits for the page and its scripts, as keys are pressed. */
  private static Page exploring(Page page) {
    page.waitForURL(url -> url.contains("/console/explore"));
    return page;
  }
}
