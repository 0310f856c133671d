package org.mqttintegration.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mqttintegration.testing.Chromium.signIn;

import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.InBrowser;
import org.mqttintegration.testing.IntegrationTest;

/** People sign in to the console, with the system's Chromium. */
@IntegrationTest
class ConsoleIT extends InBrowser {

  private static final String GIVEN = "a password that was given";
  private static final String OWN = "a password of one's own";
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  @Test
  void given_a_given_password_when_somebody_signs_in_then_it_is_changed_before_anything_else() {
    String name = user("viewer", true);
    String broker = "Seen on " + name;
    api.create("/brokers", Map.of("name", broker, "host", "127.0.0.1", "port", 1));
    Page other = signedInAs(name, GIVEN);
    Page page = chromium.open("/");
    assertThat(page).hasURL(chromium.base() + "/console/sign-in");
    chromium.look(page, "sign-in");

    signIn(page, name, "not the password");
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("The name and password are not right.");

    signIn(page, name, GIVEN);
    page.navigate("/console/");
    assertThat(page).hasURL(chromium.base() + "/console/password");

    change(page, GIVEN, OWN, OWN + " not");
    assertThat(page.locator("#again-error")).hasText("The two are not the same.");
    change(page, GIVEN, "short", "short");
    assertThat(page.locator("#password-error")).hasText("Text of 12 to 128 characters.");
    chromium.look(page, "password");

    change(page, GIVEN, OWN, OWN);
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Your password is changed.");
    assertThat(page.getByRole(AriaRole.ROWHEADER, new Page.GetByRoleOptions().setName(broker)))
        .isVisible();
    chromium.look(page, "overview");

    other.navigate("/console/");
    assertThat(other).hasURL(chromium.base() + "/console/sign-in");
  }

  @Test
  void given_a_page_that_was_asked_for_when_somebody_signs_in_then_it_is_shown() {
    String name = user("viewer", false);
    Page page = chromium.open("/console/password");

    signIn(page, name, GIVEN);

    assertThat(page.getByRole(AriaRole.HEADING)).hasText("Change your password");
    assertThat(page).hasURL(java.util.regex.Pattern.compile("/console/password"));
  }

  @Test
  void given_somebody_signed_in_when_signing_out_or_disabled_then_no_page_is_shown_any_more() {
    String name = user("viewer", false);
    Page page = signedInAs(name, GIVEN);
    Page other = signedInAs(name, GIVEN);

    press(page, "Sign out");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("You are signed out.");
    page.navigate("/console/");
    assertThat(page).hasURL(chromium.base() + "/console/sign-in");

    long id = id(name);
    api.patch("/users/" + id, Map.of("enabled", false)).expect(200);
    other.reload();
    assertThat(other).hasURL(chromium.base() + "/console/sign-in");
  }

  @Test
  void given_a_session_when_its_cookie_goes_elsewhere_then_it_is_worth_nothing() {
    Page page = signedInAs(user("administrator", false), GIVEN);
    Cookie session =
        page.context().cookies().stream()
            .filter(cookie -> cookie.name.equals("mqtt-integration"))
            .findFirst()
            .orElseThrow();

    assertThat(session.httpOnly).isTrue();
    assertThat(session.sameSite).isEqualTo(SameSiteAttribute.LAX);
    assertThat(session.path).isEqualTo("/console");
    APIResponse answer =
        page.request()
            .get(
                "/api/v1/brokers",
                RequestOptions.create().setHeader("Cookie", "mqtt-integration=" + session.value));
    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void given_a_session_when_a_form_comes_without_its_token_then_nothing_happens() {
    String name = user("viewer", false);
    APIRequestContext requests = signedInAs(name, GIVEN).request();

    APIResponse answer =
        requests.post(
            "/console/password",
            RequestOptions.create()
                .setForm(
                    FormData.create()
                        .set("current", GIVEN)
                        .set("password", OWN)
                        .set("again", OWN)));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).contains("open too long");
    api.as(name, GIVEN).get("/me").expect(200);
  }

  @Test
  void given_failed_sign_ins_when_there_are_too_many_then_the_page_says_how_long_to_wait() {
    String name = user("viewer", false);
    Page page = chromium.open("/console/sign-in");

    for (int attempt = 0;
        attempt < 10 && page.getByText("Too many sign-ins").count() == 0;
        attempt++) {
      signIn(page, name, "not the password");
    }

    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Too many sign-ins failed. Wait ");
  }

  @Test
  void given_an_address_without_a_page_when_it_is_opened_then_it_says_so() {
    Page page = signedInAs(user("viewer", false), GIVEN);

    page.navigate("/console/no-such-page");

    assertThat(page.getByRole(AriaRole.HEADING)).hasText("There is nothing here");
    chromium.look(page, "nothing-here");
  }

  private String user(String role, boolean mustChange) {
    String name = "console-" + NUMBERS.incrementAndGet();
    api.create(
        "/users",
        Map.of("name", name, "password", GIVEN, "role", role, "mustChangePassword", mustChange));
    return name;
  }

  private long id(String name) {
    for (var user : api.get("/users?size=200").expect(200).json().path("items")) {
      if (user.path("name").asText().equals(name)) {
        return user.path("id").asLong();
      }
    }
    throw new AssertionError(name);
  }

  private Page signedInAs(String name, String password) {
    Page page = chromium.open("/console/sign-in");
    signIn(page, name, password);
    assertThat(page.getByRole(AriaRole.BUTTON, named("Sign out"))).isVisible();
    return page;
  }

  private static void change(Page page, String current, String password, String again) {
    page.getByLabel("Password so far").fill(current);
    page.locator("#password").fill(password);
    page.locator("#again").fill(again);
    press(page, "Change the password");
  }
}
