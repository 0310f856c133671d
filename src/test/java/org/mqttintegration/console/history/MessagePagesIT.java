package org.mqttintegration.console.history;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.MqttTestClient;

/** A message's page, sending it again, and exports, in the console. */
@IntegrationTest
class MessagePagesIT extends HistoryInBrowser {

  /** A PNG of one pixel. */
  private static final byte[] PIXEL =
      HexFormat.of()
          .parseHex(
              "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478"
                  + "9c6360606060000000050001a5f645400000000049454e44ae426082");

  private final String topic = "message/" + mark;

  @Test
  void given_payloads_of_all_kinds_when_a_viewer_opens_their_messages_then_each_is_shown_as_it_is()
      throws Exception {
    long text = recorded.insert(topic, NOON, "Hello <b>plant</b>");
    long binary = recorded.insert(topic, NOON.plusSeconds(1), new byte[] {0, 1, (byte) 0xff});
    long image = recorded.insert(topic, NOON.plusSeconds(1), PIXEL);
    long json = recorded.insert(topic, NOON.plusSeconds(90_000), "{\"t\":21.50,\"on\":[true]}");
    Page page = message("viewer", json);
    assertThat(page.locator("pre.shown").first())
        .hasText("{\n  \"t\" : 21.50,\n  \"on\" : [\n    true\n  ]\n}");
    assertThat(page.locator("main")).containsText("press-4");
    assertThat(page.getByText("Send again")).hasCount(0);
    chromium.look(page, "history-message");
    Download download = page.waitForDownload(() -> page.getByText("Save as a file").click());
    assertThat(Files.readString(download.path())).isEqualTo("{\"t\":21.50,\"on\":[true]}");

    link(page, "Newer");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("No newer message of this topic");
    link(page, "Older");
    assertThat(page).hasURL(chromium.base() + "/console/history/" + image);
    assertThat(page.locator("img.shown")).isVisible();
    link(page, "Older");
    assertThat(page).hasURL(chromium.base() + "/console/history/" + binary);
    assertThat(page.locator("pre.shown").first()).containsText("00 01 ff");
    chromium.look(page, "history-message-binary");
    link(page, "Older");
    assertThat(page).hasURL(chromium.base() + "/console/history/" + text);
    assertThat(page.locator("pre.shown").first()).hasText("Hello <b>plant</b>");
    link(page, "Older");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("No older message of this topic");
    link(page, "Newer");
    assertThat(page).hasURL(chromium.base() + "/console/history/" + binary);
    page.navigate("/console/history/" + image);
    link(page, "Newer");
    assertThat(page).hasURL(chromium.base() + "/console/history/" + json);
  }

  @Test
  void given_a_message_when_an_operator_sends_it_again_then_the_same_bytes_arrive()
      throws Exception {
    byte[] broken = "two\r\nlines".getBytes(StandardCharsets.UTF_8);
    long binary = recorded.insert(topic, NOON, new byte[] {0, (byte) 0xfe, 1});
    long text = recorded.insert(topic, NOON, broken);
    Page page = message("operator", binary);
    link(page, "Send again");
    assertThat(page.locator("#field-payloadEncoding")).hasValue("base64");
    assertThat(page.locator("#field-topic")).hasValue(topic);
    chromium.look(page, "history-send-again");
    page.locator("#field-topic").fill("wild/#");
    press(page, "Send it");
    assertThat(page.locator("#field-topic-error")).isVisible();
    assertThat(page.locator("#field-topic")).hasValue("wild/#");

    try (MqttTestClient client = MqttTestClient.connect(local.uri())) {
      client.subscribe(topic, 1);
      page.locator("#field-topic").fill(topic);
      press(page, "Send it");
      assertThat(page.locator("#outcome .state")).hasText("Delivered");
      page.navigate("/console/history/" + text + "/send");
      press(page, "Send it");
      assertThat(page.locator("#outcome .state")).hasText("Delivered");
      await().until(() -> client.received().size() == 2);
      assertThat(client.received().get(0).payload()).containsExactly(0, 0xfe, 1);
      assertThat(client.received().get(1).payload()).isEqualTo(broken);
      assertThat(client.received().get(0).properties().getUserProperties().get(0).getValue())
          .isEqualTo("press-4");
    }
  }

  @Test
  void given_a_filter_when_an_administrator_exports_it_then_the_file_is_saved_and_the_page_says_so()
      throws Exception {
    recorded.insertMany(topic, NOON, 120);
    Page page = signedInReader("administrator", "/console/history?brokerId=" + broker);
    link(page, "Export");
    assertThat(page.locator("dl.facts")).containsText("Plant " + mark);
    chromium.look(page, "history-export");

    Download csv = page.waitForDownload(() -> press(page, "Export"));

    assertThat(csv.suggestedFilename()).isEqualTo("history.csv");
    List<String> lines = Files.readAllLines(csv.path());
    assertThat(lines).hasSize(121);
    assertThat(lines.get(1)).contains("value 0");
    assertThat(page.locator("#progress")).containsText("Done");
    assertThat(page.locator("#progress")).containsText("120 messages");
    chromium.look(page, "history-export-done");

    page.reload();
    page.getByLabel("NDJSON, for programs").check();
    Download ndjson = page.waitForDownload(() -> press(page, "Export"));
    assertThat(Files.readAllLines(ndjson.path())).hasSize(120);
  }

  @Test
  void given_an_export_that_runs_when_it_is_cancelled_then_what_was_sent_does_not_look_whole()
      throws Exception {
    for (int i = 0; i < 80; i++) {
      recorded.insert(topic, NOON.minusSeconds(i), "x".repeat(500_000));
    }
    Page page =
        signedInReader(
            "viewer", "/console/history/export?from=2026-11-20T00:00:00Z&brokerId=" + broker);
    String id = page.locator("[name=export]").inputValue();
    HttpResponse<InputStream> file =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            chromium.base()
                                + "/console/history/export/file?format=ndjson&brokerId="
                                + broker
                                + "&export="
                                + id))
                    .header("Cookie", cookies(page))
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    assertThat(file.statusCode()).isEqualTo(200);

    page.navigate("/console/history/export/" + id);
    assertThat(page.locator("#progress")).containsText("Running");
    press(page, "Cancel");
    assertThat(page.locator("#progress")).containsText("Cancelled");

    try (InputStream body = file.body()) {
      assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  private static String cookies(Page page) {
    List<Cookie> cookies = page.context().cookies();
    return cookies.stream()
        .map(cookie -> cookie.name + "=" + cookie.value)
        .collect(Collectors.joining("; "));
  }

  /** A message's page. */
  private Page message(String role, long id) {
    Page page = signedInReader(role, "/console/history?topic=nothing/" + mark);
    page.navigate("/console/history/" + id);
    return page;
  }
}
