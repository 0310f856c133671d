package org.mqttintegration.console.record;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.InBrowser;
import org.mqttintegration.testing.IntegrationTest;
import org.springframework.beans.factory.annotation.Autowired;

/** Brokers, subscriptions, signals and schedules are set up in the console. */
@IntegrationTest
class RecordPagesIT extends InBrowser {

  @Autowired private LocalBroker local;

  @Test
  void
      given_an_administrator_when_a_broker_is_made_in_the_console_then_its_faults_stand_at_fields_and_it_connects() {
    Page page = signedIn("administrator", "/console/brokers?name=" + mark);
    assertThat(page.locator("main")).containsText("Nothing is like that.");
    chromium.look(page, "brokers-none");
    link(page, "New broker");
    chromium.look(page, "broker-new");

    page.locator("#field-host").fill("127.0.0.1/plant");
    page.locator("#field-port").fill("a port");
    page.locator("#field-note").fill("Made by hand");
    press(page, "Make the broker");

    assertThat(page.locator("#field-name-error")).containsText("Text of 1 to 255");
    assertThat(page.locator("#field-host-error")).containsText("without scheme, port or path");
    assertThat(page.locator("#field-port-error")).containsText("A whole number");
    assertThat(page.locator("#field-port")).hasValue("a port");
    assertThat(page.locator("#field-note")).hasValue("Made by hand");
    chromium.look(page, "broker-refused");

    page.locator("#field-name").fill("Plant " + mark);
    page.locator("#field-host").fill("127.0.0.1");
    page.locator("#field-port").fill("1");
    press(page, "Make the broker");
    assertThat(page.getByRole(AriaRole.HEADING, titled("Plant " + mark))).isVisible();
    press(page, "Check connection");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("TCP");
    chromium.look(page, "broker-check-failed");

    link(page, "Change the broker");
    page.locator("#field-port").fill(String.valueOf(local.port()));
    press(page, "Save");
    press(page, "Check connection");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("accepted the connection");
    chromium.look(page, "broker-check");
    page.navigate("/console/brokers?name=" + mark + "&group=urlScheme");
    assertThat(page.getByText("mqtt (1)")).isVisible();
    chromium.look(page, "brokers");
  }

  @Test
  void
      given_a_form_that_is_open_when_somebody_else_changes_the_record_then_only_what_was_typed_is_changed() {
    long broker = broker();
    Page page = signedIn("administrator", "/console/brokers/" + broker + "/edit");
    api.patch("/brokers/" + broker, Map.of("keepalive", 17, "password", "kept")).expect(200);

    page.locator("#field-note").fill("Two lines\nof a note");
    press(page, "Save");

    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Changed.");
    var now = api.get("/brokers/" + broker).json();
    assertThat(now.path("note").asText()).isEqualTo("Two lines\nof a note");
    assertThat(now.path("keepalive").asInt()).isEqualTo(17);
    assertThat(now.path("passwordSet").asBoolean()).isTrue();

    page.navigate("/console/brokers/" + broker + "/edit");
    press(page, "Save");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Nothing was changed.");

    page.navigate("/console/brokers/" + broker + "/edit");
    page.locator("[name='password.remove']").check();
    page.locator("summary").click();
    page.locator("[name='will']").check();
    page.locator("[name='will.topic']").fill("plant/" + mark + "/gone");
    page.locator("[name='userProperties[0].name']").fill("plant");
    page.locator("[name='userProperties[0].value']").fill("4");
    press(page, "Save");
    now = api.get("/brokers/" + broker).json();
    assertThat(now.path("passwordSet").asBoolean()).isFalse();
    assertThat(now.at("/will/topic").asText()).isEqualTo("plant/" + mark + "/gone");
    assertThat(now.at("/userProperties/0/value").asText()).isEqualTo("4");
  }

  @Test
  void given_a_broker_when_an_operator_subscribes_and_sends_then_each_outcome_is_shown() {
    long broker = broker();
    Page page = signedIn("operator", "/console/subscriptions/new?brokerId=" + broker);
    page.locator("#field-topic").fill("plant/" + mark + "/#");
    page.locator("#field-qos").selectOption("1");
    press(page, "Make the subscription");
    press(page, "Subscribe");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("The broker was asked.");
    assertThat(page.locator("dd .state").first()).hasText("Subscribed");

    page.navigate("/console/signals/new?brokerId=" + broker);
    page.locator("#field-name").fill("Greeting " + mark);
    page.locator("#field-topic").fill("plant/" + mark + "/{{line}}");
    page.locator("#field-payload").fill("Hello {{who}}");
    press(page, "Make the signal");
    link(page, "Send");
    press(page, "Send it");
    assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
    page.locator("#field-values").fill("{\"line\": \"4\", \"who\": \"people\"}");
    chromium.look(page, "signal-send");
    press(page, "Send it");
    assertThat(page.locator("#outcome .state")).hasText("Handed over");
    assertThat(page.locator("#outcome")).containsText("Asked for by operator-");
    chromium.look(page, "send");
    page.navigate("/console/signals?name=" + mark);
    chromium.look(page, "signals");
    page.getByRole(AriaRole.LINK, named("Greeting " + mark)).click();
    page.getByRole(AriaRole.LINK, named("1 message")).click();
    assertThat(page.locator("#messages")).containsText("plant/" + mark + "/4");
  }

  @Test
  void given_a_broker_when_people_write_plan_and_follow_then_its_page_tells_the_story() {
    long broker = broker();
    Page page = signedIn("operator", "/console/brokers/" + broker);

    page.getByLabel("A note, in Markdown").fill("Asked the *plant* <b>IT</b>");
    press(page, "Add the note");
    assertThat(page.locator(".thread")).containsText("Asked the plant <b>IT</b>");
    assertThat(page.locator(".thread em")).hasText("plant");
    page.getByText("Plan something").click();
    page.getByLabel("Summary").fill("Renew the certificate");
    page.getByLabel("Due").fill("2031-02-01");
    press(page, "Plan it");
    assertThat(page.locator(".card")).containsText("Renew the certificate");
    press(page, "Follow it");
    press(page, "Set");
    chromium.look(page, "broker");
    page.getByPlaceholder("What came of it").fill("Renewed");
    press(page, "Done");
    assertThat(page.getByText("Nothing is planned.")).isVisible();
  }

  @Test
  void given_a_viewer_when_looking_at_records_then_nothing_is_offered_that_is_refused() {
    long broker = broker();
    Page page = signedIn("viewer", "/console/brokers/" + broker);

    assertThat(page.locator("main form")).hasCount(0);
    assertThat(page.getByRole(AriaRole.LINK, named("Change"))).hasCount(0);
    assertThat(page.navigate("/console/brokers/" + broker + "/delete").status()).isEqualTo(200);
    press(page, "Delete broker");
    assertThat(page.locator("main")).containsText("Your account may not do that.");
    api.get("/brokers/" + broker).expect(200);
  }

  @Test
  void given_a_broker_in_use_when_it_is_deleted_then_the_page_says_what_goes_along() {
    long broker = broker();
    api.create("/subscriptions", Map.of("brokerId", broker, "topic", "plant/" + mark));
    api.create("/signals", Map.of("name", "On " + mark, "brokerId", broker, "topic", "plant"));
    Page page = signedIn("administrator", "/console/brokers/" + broker + "/delete");
    chromium.look(page, "broker-delete");

    press(page, "Delete broker, 1 subscription and 1 signal");

    assertThat(page.getByRole(AriaRole.STATUS)).containsText("is deleted");
    assertThat(api.get("/brokers/" + broker).status()).isEqualTo(404);
  }

  private long broker() {
    return api.create(
        "/brokers", Map.of("name", "Broker " + mark, "host", "127.0.0.1", "port", local.port()));
  }

  private static Page.GetByRoleOptions titled(String name) {
    return new Page.GetByRoleOptions().setName(name).setLevel(1);
  }
}
