package org.mqttintegration.console.routes;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.IntegrationTest;

/** In the console, what failed in a route is tried again, and the route is moved and stopped. */
@IntegrationTest
class RunningRoutePagesIT extends RoutesInBrowser {

  @Test
  void given_dead_letters_when_the_route_is_mended_then_they_are_tried_again_or_dropped()
      throws Exception {
    put(failing());
    bridge.publish("in", "1");
    bridge.publish("in", "2");
    bridge.publish("in", "3");
    Awaitility.await().until(() -> deadLetters() == 3);
    Page page = signedInReader("operator", "/console/route-files/" + file);
    link(page, "3");
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
    link(page, "Keep them");
    press(page, "Try all 2 again of " + mark);
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("2 went through, 0 failed again.");

    put(failing());
    bridge.publish("in", "4");
    bridge.publish("in", "5");
    Awaitility.await().until(() -> deadLetters() == 2);
    page.navigate("/console/routes/dead-letters?routeId=" + mark);
    page.locator("tbody th a").first().click();
    link(page, "Drop");
    assertThat(page.getByRole(AriaRole.HEADING)).containsText("of " + mark + "?");
    page.locator("button.danger").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("is dropped");
    page.navigate("/console/routes/dead-letters/drop?routeId=" + mark);
    press(page, "Drop 1 dead letter");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("1 dropped.");
    assertThat(deadLetters()).isZero();
  }

  @Test
  void given_dead_letters_that_take_long_when_all_are_tried_then_the_page_tells_how_far_it_is()
      throws Exception {
    put(failing());
    for (int i = 0; i < 4; i++) {
      bridge.publish("in", String.valueOf(i));
    }
    Awaitility.await().until(() -> deadLetters() == 4);
    String slow = "        - delay:\n            constant: 1500\n";
    put(route("setBody").replace("        - setHeader:", slow + "        - setHeader:"));
    Page page = signedInReader("operator", "/console/routes/dead-letters?routeId=" + mark);

    press(page, "Try all 4 again of " + mark);

    assertThat(page.locator("main")).containsText("of 4 tried");
    chromium.look(page, "route-retry");
    page.getByText("Stop, and leave").click();
    assertThat(page.getByRole(AriaRole.HEADING)).hasText("Dead letters");
    assertThat(deadLetters()).isBetween(1, 3);
    page.locator("main .acts button").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("went through, 0 failed again.");
    Awaitility.await().until(() -> deadLetters() == 0);
  }

  @Test
  void given_a_durable_route_when_an_operator_moves_it_then_it_says_first_what_that_does()
      throws Exception {
    put(route("setBody"));
    bridge.publish("in", "20");
    Awaitility.await()
        .until(() -> api.get("/positions/" + mark).json().get("historyId").asLong() > 1);
    Page page = signedInReader("operator", "/console/routes/positions");
    chromium.look(page, "route-positions");
    link(page, "Move " + mark);
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

  private int deadLetters() {
    return api.get("/dead-letters?routeId=" + mark).json().get("total").asInt();
  }
}
