package org.mqttintegration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mqttintegration.testing.InBrowser.link;
import static org.mqttintegration.testing.InBrowser.press;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mqttintegration.testing.ApplicationProcess;
import org.mqttintegration.testing.Chromium;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;

/**
 * All rooms of the console in one go, from the first start on, by one of each role. Not beside
 * other suites with the browser: Playwright is for one thread.
 */
class ConsoleWalkIT {

  private static final String OWN = "a password of one's own";
  private static final String BROKER = "Hall 4";
  private static final String FILE = "celsius.camel.yaml";

  @TempDir private Path routes;
  private Mosquitto mosquitto;
  private ApplicationProcess application;
  private Chromium chromium;

  @BeforeEach
  void start() throws IOException {
    Parts.ran(ConsoleWalkIT.class, Part.MOSQUITTO);
    mosquitto = Mosquitto.launch();
    application =
        new ApplicationProcess(
            "--mqtt-integration.access.initial-password=",
            "--mqtt-integration.embedded.mqtt.enabled=false",
            "--mqtt-integration.demonstration.enabled=false",
            "--mqtt-integration.route-files.directory=" + routes);
    application.start();
    chromium = new Chromium(application.port());
  }

  @AfterEach
  void stop() throws Exception {
    chromium.close();
    application.close();
    mosquitto.close();
  }

  @Test
  void given_a_first_start_when_three_people_work_in_the_console_then_each_room_does_its_part()
      throws Exception {
    Page administrator = chromium.open("/");
    signIn(administrator, "admin", Files.readString(initialPassword()).strip());
    changePassword(administrator);
    makeTheBroker(administrator);
    Page operator = user(administrator, "operator");
    Page viewer = user(administrator, "viewer");

    subscribe(operator);
    seeAndPlot(operator);
    send(operator);
    bridge(administrator);
    findAndExport(operator);
    look(viewer);
    assertThat(chromium.complaints()).isEmpty();
  }

  private Path initialPassword() {
    return application.data().resolve("initial-admin-password");
  }

  private void makeTheBroker(Page page) {
    room(page, "Brokers");
    link(page, "New broker");
    page.locator("#field-name").fill(BROKER);
    page.locator("#field-host").fill("127.0.0.1");
    page.locator("#field-port").fill("1");
    press(page, "Make the broker");
    press(page, "Check connection");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("TCP");

    link(page, "Change the broker");
    page.locator("#field-port").fill(String.valueOf(mosquitto.port()));
    press(page, "Save");
    press(page, "Check connection");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("accepted the connection");
  }

  /** Makes an account, and signs in with it for the first time. */
  private Page user(Page administrator, String role) {
    room(administrator, "Administration");
    administrator.navigate("/console/administration/users/new");
    administrator.locator("#field-name").fill(role);
    administrator.locator("#field-role").selectOption(role);
    if (role.equals("operator")) {
      administrator.locator("#field-readsPayloads").check();
    }
    press(administrator, "Make the user");
    Page page = chromium.open("/");
    signIn(page, role, administrator.locator("#once").textContent());
    changePassword(page);
    return page;
  }

  private void subscribe(Page page) {
    room(page, "Subscriptions");
    link(page, "New subscription");
    page.locator("#field-brokerId").selectOption(BROKER);
    page.locator("#field-topic").fill("hall4/#");
    page.locator("#field-qos").selectOption("1");
    press(page, "Make the subscription");
    press(page, "Subscribe");
    assertThat(page.locator("dd .state").first()).hasText("Subscribed");
  }

  private void seeAndPlot(Page page) throws Exception {
    room(page, "History");
    Locator rows = page.locator("#messages [data-number]");
    assertThat(page.locator("#nothing")).isVisible();
    publish("hall4/press/temperature", "{\"celsius\": 20.5}");
    assertThat(rows).hasCount(1);
    assertThat(rows.first()).containsText("20.5");

    room(page, "Explore");
    publish("hall4/press/temperature", "{\"celsius\": 23.5}");
    branch(page, "hall4").getByRole(AriaRole.BUTTON).click();
    branch(page, "hall4/press").getByRole(AriaRole.BUTTON).click();
    branch(page, "hall4/press/temperature").getByRole(AriaRole.LINK).click();
    assertThat(page.locator("#payload")).containsText("23.5");
    page.locator("#plot-field").selectOption("/celsius");
    page.getByText("The numbers of the plot").click();
    assertThat(page.locator("#plot-table tbody")).containsText("20.5");
    assertThat(page.locator("#plot-area canvas")).isVisible();
  }

  private void send(Page page) {
    room(page, "Signals");
    link(page, "New signal");
    page.locator("#field-name").fill("Stop the press");
    page.locator("#field-brokerId").selectOption(BROKER);
    page.locator("#field-topic").fill("hall4/press/command");
    page.locator("#field-payload").fill("stop");
    page.locator("#field-qos").selectOption("1");
    press(page, "Make the signal");
    link(page, "Send");
    press(page, "Send it");
    assertThat(page.locator("#outcome .state")).hasText("Delivered");
  }

  private void bridge(Page page) throws Exception {
    room(page, "Routes");
    link(page, "New file");
    page.getByLabel("File name").fill(FILE);
    type(page, route("setBdy"));
    assertThat(page.locator("#findings")).containsText("Line 8, column 11");
    assertThat(page.locator("#findings")).containsText("did you mean setBody?");
    assertThat(page.locator(".wrong-line")).hasCount(1);

    type(page, route("setBody"));
    assertThat(page.locator("#effect")).hasText("Applying it starts celsius.");
    press(page, "Try it");
    assertThat(page.locator("#trial")).containsText("2 messages were tried, 2 would be sent.");
    press(page, "Apply");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("It is applied.");
    publish("hall4/press/temperature", "{\"celsius\": 99.5}");
    assertThat(page.locator("tr[data-route='celsius'] .exchanges")).hasText("1");
  }

  private void findAndExport(Page page) throws IOException {
    room(page, "History");
    page.locator("#field-topic").fill("hall4/alarm");
    press(page, "Show");
    Locator rows = page.locator("#messages [data-number]");
    assertThat(rows.first()).containsText("too hot: 99.5");
    link(page, "Export");
    Download file = page.waitForDownload(() -> press(page, "Export"));
    List<String> lines = Files.readAllLines(file.path());
    assertThat(lines.get(0)).contains("topic");
    assertThat(lines.subList(1, lines.size()))
        .hasSizeBetween(1, 2) // sent, and received by the subscription
        .allMatch(line -> line.contains("hall4/alarm") && line.contains("too hot: 99.5"));
  }

  /** Sees all, without payloads, and changes nothing. */
  private void look(Page page) {
    for (String room : List.of("Brokers", "Subscriptions", "Signals", "Routes", "Explore")) {
      room(page, room);
      assertThat(page.getByRole(AriaRole.LINK, starting("New"))).hasCount(0);
    }
    room(page, "Overview");
    assertThat(page.getByRole(AriaRole.ROWHEADER, starting(BROKER))).isVisible();
    room(page, "History");
    assertThat(page.locator("#messages")).containsText("hall4/alarm");
    assertThat(page.locator("#messages")).not().containsText("too hot");
  }

  private void publish(String topic, String payload) throws Exception {
    Process client =
        new ProcessBuilder(
                "mosquitto_pub",
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(mosquitto.port()),
                "-q",
                "1",
                "-t",
                topic,
                "-m",
                payload)
            .inheritIO()
            .start();
    assertThat(client.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(client.exitValue()).isZero();
  }

  private static String route(String step) {
    return """
    - route:
        id: celsius
        description: Tells when the press is too hot
        from:
          uri: signal:receive
          parameters: {broker: Hall 4, topic: hall4/press/temperature}
          steps:
            - %s:
                expression: {jq: '"too hot: \\(.celsius)"'}
            - to:
                uri: signal:send
                parameters: {broker: Hall 4, topic: hall4/alarm, qos: 1}
    """
        .formatted(step);
  }

  private static void type(Page page, String text) {
    // waits until the editor is there
    page.locator(".CodeMirror")
        .evaluate("(editor, text) => editor.CodeMirror.setValue(text)", text);
  }

  private static void signIn(Page page, String name, String password) {
    Chromium.signIn(page, name, password);
    page.getByLabel("Password so far").fill(password);
  }

  private static void changePassword(Page page) {
    page.locator("#password").fill(OWN);
    page.locator("#again").fill(OWN);
    press(page, "Change the password");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Your password is changed.");
  }

  private static Locator branch(Page page, String topic) {
    return page.locator(".levels li[data-path='%s'] > .node".formatted(topic));
  }

  private static void room(Page page, String name) {
    page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Pages"))
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  private static Page.GetByRoleOptions starting(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
