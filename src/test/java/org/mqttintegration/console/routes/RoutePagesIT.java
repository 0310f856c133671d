package org.mqttintegration.console.routes;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.IntegrationTest;

/** Routes are written, tried, run and changed in the console. */
@IntegrationTest
class RoutePagesIT extends RoutesInBrowser {

  @Test
  void
      given_an_engineer_when_a_file_is_written_broken_mended_tried_and_applied_then_each_step_is_shown()
          throws Exception {
    bridge.publish("in", "20");
    Awaitility.await().until(() -> !history().isEmpty());
    Page page = signedInReader("administrator", "/console/routes");
    chromium.look(page, "route-list-examples");
    link(page, "New file");
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
    Page page = signedInReader("administrator", "/console/route-files/" + file + "/edit");
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

    link(page, "Versions");
    assertThat(page.locator("tbody tr").first()).containsText("Runs now");
    String author = page.locator(".who a").textContent();
    assertThat(page.locator("tbody tr").first()).containsText(author);
    chromium.look(page, "route-versions");
    link(page, "3");
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

    link(page, "Delete");
    chromium.look(page, "route-delete");
    press(page, "Delete the file, stop 1 route");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("is deleted");
    assertThat(api.get("/route-files/" + file).status()).isEqualTo(404);
  }

  @Test
  void given_a_cursor_in_the_editor_when_somebody_types_then_what_may_stand_there_is_proposed() {
    Page page = signedInReader("administrator", "/console/route-files/new");
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
    // it gets the focus back a moment after a click on a proposal
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.focus()");
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

  private com.fasterxml.jackson.databind.JsonNode history() {
    return api.get("/history?topic=%s/%%23".formatted(mark)).json().get("items");
  }

  /** Takes the place of all that is in the editor. */
  private static void type(Page page, String text) {
    page.locator(".CodeMirror-code").click();
    page.keyboard().press("Control+a");
    page.keyboard().press("Delete");
    page.evaluate("text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", text);
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.execCommand('goDocEnd')");
  }
}
