package org.mqttintegration.console.routes;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mqttintegration.bridge.BridgeFixture;
import org.mqttintegration.broker.BrokerService;
import org.mqttintegration.embedded.LocalBroker;
import org.mqttintegration.testing.Chromium;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Routes are written, tried, run and mended in the console. */
@IntegrationTest
class RoutePagesIT {

  private static final String PASSWORD = "a password for pages";

  @Autowired private RestApi api;
  @Autowired private BrokerService brokers;
  @Autowired private LocalBroker local;
  @Autowired private CamelContext camel;
  @LocalServerPort private int port;

  private final String mark = "p" + UUID.randomUUID().toString().substring(0, 7);
  private final String file = mark + ".camel.yaml";
  private BridgeFixture bridge;
  private Chromium chromium;

  @BeforeEach
  void open() throws Exception {
    bridge = new BridgeFixture(api, brokers, local, camel, mark);
    chromium = new Chromium(port);
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  @AfterEach
  void close() throws Exception {
    api.delete("/route-files/" + file);
    api.delete("/dead-letters?routeId=" + mark);
    api.delete("/positions/" + mark);
    bridge.close();
    assertThat(chromium.complaints()).isEmpty();
    chromium.close();
  }

  @Test
  void
      given_an_engineer_when_a_file_is_written_broken_mended_tried_and_applied_then_each_step_is_shown()
          throws Exception {
    bridge.publish("in", "20");
    Awaitility.await().until(() -> !history().isEmpty());
    Page page = signedIn("administrator", "/console/routes");
    chromium.look(page, "route-list-examples");
    page.getByRole(AriaRole.LINK, named("New file")).click();
    page.getByLabel("File name").fill(file);
    type(page, route("setBdy"));

    assertThat(page.locator("#findings"))
        .containsText("There is no step setBdy; did you mean setBody?");
    assertThat(page.locator("#effect")).hasText("It cannot be applied yet.");
    assertThat(page.locator(".wrong-line")).hasCount(1);
    chromium.look(page, "route-editor-wrong");
    page.locator("#findings a").click();
    page.keyboard().press("Control+ArrowRight");
    press(page, "Apply");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("It was not applied");
    assertThat(page.locator(".CodeMirror-code")).containsText("setBdy");

    type(page, route("setBody"));
    assertThat(page.locator("#effect")).hasText("Applying it starts %s.".formatted(mark));
    assertThat(page.locator("#findings li")).hasCount(0);
    press(page, "Try it");
    assertThat(page.locator("#trial")).containsText("1 message was tried, 1 would be sent.");
    assertThat(page.locator("#trial")).containsText("\"celsius\"");
    chromium.look(page, "route-tried");
    press(page, "Apply");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("It is applied.");

    Locator exchanges = page.locator("tr[data-route='%s'] .exchanges".formatted(mark));
    assertThat(exchanges).hasText("0");
    bridge.publish("in", "21");
    assertThat(exchanges).hasText("1");
    assertThat(page.locator(".diagram .route .counts")).containsText("1 done");
    assertThat(page.locator(".diagram .endpoint .name").first()).containsText("From " + mark);
    chromium.look(page, "route-file");
    page.navigate("/console/routes");
    assertThat(page.locator("tr[data-route='%s']".formatted(mark))).containsText("Started");
    chromium.look(page, "route-list");
  }

  @Test
  void given_a_running_file_when_it_is_changed_then_the_difference_is_tried_shown_and_taken_back()
      throws Exception {
    put(route("setBody"));
    bridge.publish("in", "20");
    Awaitility.await().until(() -> history().size() >= 2);
    Page page = signedIn("administrator", "/console/route-files/" + file + "/edit");
    type(page, route("setBody").replace("celsius", "kelvin"));
    assertThat(page.locator("#effect")).hasText("Applying it replaces %s.".formatted(mark));
    press(page, "Try it");
    assertThat(page.locator("#trial .state.changed")).hasText("Sent otherwise");
    assertThat(page.locator("#trial .difference .removed")).containsText("celsius");
    assertThat(page.locator("#trial .difference .added")).containsText("kelvin");
    chromium.look(page, "route-tried-difference");

    put(route("setBody").replace("celsius", "fahrenheit")); // somebody else is quicker
    press(page, "Apply");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Somebody else changed the file");
    assertThat(page.locator(".conflict .difference .removed")).containsText("fahrenheit");
    assertThat(page.locator(".CodeMirror-code")).containsText("kelvin");
    chromium.look(page, "route-conflict");
    press(page, "Apply");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("It is applied.");
    assertThat(api.get("/route-files/" + file).text()).contains("kelvin");

    page.getByRole(AriaRole.LINK, named("Versions")).click();
    assertThat(page.locator("tbody tr").first()).containsText("Runs now");
    assertThat(page.locator("tbody tr").first()).containsText("administrator-" + mark);
    chromium.look(page, "route-versions");
    page.getByRole(AriaRole.LINK, named("3")).click();
    assertThat(page.locator(".difference .removed")).containsText("fahrenheit");
    page.locator("#with").selectOption("1");
    press(page, "Compare");
    assertThat(page.locator(".difference .removed")).containsText("celsius");
    chromium.look(page, "route-version");
    page.navigate("/console/route-files/" + file + "/versions/1/roll-back");
    assertThat(page.locator("main")).containsText("Applying it replaces " + mark);
    chromium.look(page, "route-roll-back");
    press(page, "Roll back to version 1");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Version 1 runs again.");
    assertThat(api.get("/route-files/" + file).text()).contains("celsius");

    page.getByRole(AriaRole.LINK, named("Delete")).click();
    chromium.look(page, "route-delete");
    press(page, "Delete the file, stop 1 route");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("is deleted");
    assertThat(api.get("/route-files/" + file).status()).isEqualTo(404);
  }

  @Test
  void given_a_cursor_in_the_editor_when_somebody_types_then_what_may_stand_there_is_proposed() {
    Page page = signedIn("administrator", "/console/route-files/new");
    type(page, "- route:\n    id: %s\n    from:\n      uri: ".formatted(mark));

    page.keyboard().type("sig");
    assertThat(page.locator(".CodeMirror-hint-active")).containsText("signal:receive");
    page.keyboard().press("Enter");
    assertThat(page.locator(".CodeMirror-code")).containsText("uri: signal:receive");
    page.evaluate(
        "text => document.querySelector('.CodeMirror').CodeMirror.replaceSelection(text)",
        "\n      parameters:\n        broker: " + mark.substring(0, 3));
    page.keyboard().press("Control+Space");
    page.locator(".CodeMirror-hint").getByText(mark).click();
    assertThat(page.locator(".CodeMirror-code")).containsText("broker: " + mark);
    page.keyboard().press("Enter");
    page.keyboard().type("dur");
    assertThat(page.locator(".CodeMirror-hint-active")).containsText("durable");
    chromium.look(page, "route-completion");

    page.keyboard().press("Escape"); // closes the proposals, if they are still open
    page.keyboard().press("Escape");
    page.keyboard().press("Tab");
    assertThat(page.locator(".CodeMirror-focused")).hasCount(0);
  }

  @Test
  void given_dead_letters_when_the_route_is_mended_then_they_are_tried_again_or_dropped()
      throws Exception {
    put(failing());
    bridge.publish("in", "1");
    bridge.publish("in", "2");
    bridge.publish("in", "3");
    Awaitility.await().until(() -> deadLetters() == 3);
    Page page = signedIn("operator", "/console/route-files/" + file);
    page.getByRole(AriaRole.LINK, named("3")).click();
    assertThat(page.getByLabel("Route")).hasValue(mark);
    chromium.look(page, "route-dead-letters");
    page.locator("tbody th a").first().click();
    assertThat(page.locator("main")).containsText("the target is broken");
    assertThat(page.locator("main")).containsText(mark + "/in");
    chromium.look(page, "route-dead-letter");
    press(page, "Try again");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("It failed again");

    put(route("setBody"));
    press(page, "Try again");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("went through its route");
    page.navigate("/console/routes/dead-letters/drop?routeId=" + mark);
    chromium.look(page, "route-drop");
    page.getByRole(AriaRole.LINK, named("Keep them")).click();
    press(page, "Try all 2 again of " + mark);
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("2 went through, 0 failed again.");

    put(failing());
    bridge.publish("in", "4");
    Awaitility.await().until(() -> deadLetters() == 1);
    page.navigate("/console/routes/dead-letters/drop?routeId=" + mark);
    press(page, "Drop 1 dead letter");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("1 dropped.");
    assertThat(deadLetters()).isZero();
  }

  @Test
  void given_a_durable_route_when_an_operator_moves_it_then_it_says_first_what_that_does()
      throws Exception {
    put(route("setBody"));
    bridge.publish("in", "20");
    Awaitility.await()
        .until(() -> api.get("/positions/" + mark).json().get("historyId").asLong() > 1);
    Page page = signedIn("operator", "/console/routes/positions");
    chromium.look(page, "route-positions");
    page.getByRole(AriaRole.LINK, named("Move " + mark)).click();
    press(page, "Go on");
    assertThat(page.locator(".error")).containsText("Say one");
    page.getByLabel("Or to a message of the history").fill("1");
    press(page, "Go on");
    assertThat(page.locator(".notice")).containsText("worked on once more");
    chromium.look(page, "route-move");
    press(page, "Move " + mark);
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("%s goes on from there.".formatted(mark));

    page.navigate("/console/route-files/" + file);
    page.getByLabel("Stop " + mark).click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("is stopped");
    assertThat(page.locator("tr[data-route]")).containsText("Stopped");
    page.getByLabel("Start " + mark).click();
    assertThat(page.locator("tr[data-route]")).containsText("Started");
    assertThat(page.getByRole(AriaRole.LINK, named("Edit"))).hasCount(0);
  }

  @Test
  void given_a_viewer_when_looking_at_routes_then_nothing_is_offered_that_is_refused() {
    put(route("setBody"));
    Page page = signedIn("viewer", "/console/routes");

    assertThat(page.locator("main form")).hasCount(0);
    assertThat(page.getByRole(AriaRole.LINK, named("New file"))).hasCount(0);
    page.navigate("/console/route-files/" + file);
    assertThat(page.locator("pre.yaml")).containsText("signal:receive");
    assertThat(page.getByRole(AriaRole.LINK, named("Edit"))).hasCount(0);
    assertThat(page.getByRole(AriaRole.LINK, named("Delete"))).hasCount(0);
    page.navigate("/console/route-files/" + file + "/edit");
    assertThat(page.locator("main")).containsText("Your account may not do that.");
  }

  private String route(String step) {
    return """
    - route:
        id: %1$s
        description: Readings of the plant as JSON
        from:
          uri: signal:receive
          parameters:
            broker: %1$s
            topic: %1$s/in
            durable: %1$s
          steps:
            - convertBodyTo:
                type: java.lang.String
            - %2$s:
                simple: '{"celsius": ${body}}'
            - setHeader:
                name: mqttTopic
                constant: %1$s/out
            - to:
                uri: signal:send
                parameters:
                  broker: %1$s
    """
        .formatted(mark, step);
  }

  private String failing() {
    String step =
        """
        - throwException:
            exceptionType: java.lang.IllegalArgumentException
            message: the target is broken
        """;
    return route("setBody")
        .replace("        - setHeader:", step.indent(8) + "        - setHeader:");
  }

  private void put(String text) {
    api.send("PUT", "/route-files/" + file, text, Map.of("Content-Type", "text/yaml")).expect(200);
  }

  private com.fasterxml.jackson.databind.JsonNode history() {
    return api.get("/history?topic=%s/%%23".formatted(mark)).json().get("items");
  }

  private int deadLetters() {
    return api.get("/dead-letters?routeId=" + mark).json().get("total").asInt();
  }

  /** Takes the place of all that is in the editor. */
  private static void type(Page page, String text) {
    page.locator(".CodeMirror-code").click();
    page.keyboard().press("Control+a");
    page.keyboard().press("Delete");
    page.evaluate("text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", text);
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.execCommand('goDocEnd')");
  }

  private Page signedIn(String role, String path) {
    String name = role + "-" + mark;
    api.create(
        "/users",
        Map.of(
            "name",
            name,
            "password",
            PASSWORD,
            "role",
            role,
            "mustChangePassword",
            false,
            "readsPayloads",
            !role.equals("viewer")));
    Page page = chromium.open(path);
    page.getByLabel("User name").fill(name);
    page.getByLabel("Password").fill(PASSWORD);
    press(page, "Sign in");
    return page;
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
