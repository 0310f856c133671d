package org.mqttintegration.console.administration;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mqttintegration.testing.Chromium.signIn;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.InBrowser;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Users and their tokens in the console, the own account, and what each role sees there. */
@IntegrationTest
class AdministrationPagesIT extends InBrowser {

  private static final String PASSWORD = "a password for pages";
  private static final String ADMINISTRATION = "/console/administration";

  @Autowired private JdbcClient database;

  @Test
  void
      given_an_operator_made_in_the_console_when_it_makes_a_token_then_that_works_until_it_is_ended() {
    Page administrator = signedIn("administrator", ADMINISTRATION + "/users/new");
    administrator.locator("#field-name").fill("Not A Name");
    administrator.locator("#field-mail").fill("new-" + mark + "@example.org");
    press(administrator, "Make the user");
    assertThat(administrator.locator("#field-name-error")).containsText("Up to 64 of a to z");
    assertThat(administrator.locator("#field-mail")).hasValue("new-" + mark + "@example.org");
    chromium.look(administrator, "administration-user-refused");
    administrator.locator("#field-name").fill("new-" + mark);
    administrator.locator("#field-role").selectOption("operator");
    press(administrator, "Make the user");
    String given = administrator.locator("#once").textContent();
    chromium.look(administrator, "administration-password");

    Page operator = chromium.open(ADMINISTRATION);
    signIn(operator, "new-" + mark, given);
    operator.getByLabel("Password so far").fill(given);
    operator.getByLabel("New password", new Page.GetByLabelOptions().setExact(true)).fill(PASSWORD);
    operator.getByLabel("New password, again").fill(PASSWORD);
    press(operator, "Change the password");
    operator.navigate(ADMINISTRATION);
    RestApi token = api.withToken(makeToken(operator));
    token.get("/brokers").expect(200);
    token.post("/brokers", Map.of("name", "x", "host", "x")).expect(403);

    administrator.navigate(ADMINISTRATION + "/users?name=" + mark);
    chromium.look(administrator, "administration-users");
    assertThat(administrator.locator("tr:has-text('new-" + mark + "') time")).hasCount(1);
    administrator
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("new-" + mark))
        .click();
    administrator.getByLabel("End token dashboard").click();
    chromium.look(administrator, "administration-user");
    press(administrator, "End token dashboard");
    assertThat(administrator.getByRole(AriaRole.STATUS)).hasText("The token is ended.");
    token.get("/brokers").expect(401);
  }

  /** Makes a token in the own account, and tells it. */
  private String makeToken(Page page) {
    page.locator("#field-role").selectOption("administrator");
    press(page, "Make the token");
    assertThat(page.locator("#field-name-error")).isVisible();
    assertThat(page.locator("#field-role")).hasValue("administrator");
    page.locator("#field-name").fill("dashboard");
    page.locator("#field-expiresAt").selectOption(new SelectOption().setIndex(2));
    press(page, "Make the token");
    assertThat(page.locator("#field-role-error")).containsText("no more than its owner");
    page.locator("#field-role").selectOption("operator");
    press(page, "Make the token");
    String token = page.locator("#once").textContent();
    assertThat(token).startsWith("mqi_");
    press(page, "Copy");
    assertThat(page.locator("[data-copies]")).not().hasText("Copy");
    chromium.look(page, "administration-account");
    page.navigate(ADMINISTRATION);
    assertThat(page.content()).contains("dashboard").doesNotContain(token);
    return token;
  }

  @Test
  void given_a_user_when_its_role_changes_then_the_audit_shows_the_old_and_the_new() {
    String name = "changed-" + mark;
    long user = user(name, "operator");
    lockOut(name);
    Page page = signedIn("administrator", ADMINISTRATION + "/users/" + user);
    assertThat(page.locator(".state")).containsText("locked out");
    page.locator("#field-role").selectOption("viewer");
    page.locator("#field-readsPayloads").check();
    press(page, "Save");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Changed.");
    page.locator("#field-password").fill("short");
    press(page, "Set the password");
    assertThat(page.locator("#field-password-error")).containsText("12 to 128");
    page.locator("#field-password").fill(PASSWORD + mark);
    press(page, "Set the password");
    assertThat(page.locator(".state")).hasText("must change the password");

    page.getByText("What was done to the account").click();
    Locator change = page.locator(".thread > li:has-text('Reads payloads')").first();
    assertThat(change.locator("li:has-text('Role') del")).hasText("operator");
    assertThat(change.locator("li:has-text('Role') ins")).hasText("viewer");
    chromium.look(page, "administration-audit");

    page.navigate(ADMINISTRATION + "/users/" + user + "/delete");
    chromium.look(page, "administration-user-delete");
    press(page, "Delete user " + name);
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("is deleted");
    api.get("/users/" + user).expect(404);
  }

  private void lockOut(String name) {
    database
        .sql(
            """
            insert into sign_in_failure (key, failures, locked_until, failed_at)
            values (?, 9, now() + interval '1 hour', now())
            """)
        .param("both " + name + " 192.0.2.1")
        .update();
  }

  @Test
  void given_the_own_account_when_it_would_lose_its_role_then_that_is_asked_first() {
    Page page = signedIn("administrator", ADMINISTRATION);
    String name = page.locator(".who a").textContent();
    page.navigate(ADMINISTRATION + "/users?name=" + name);
    page.locator("main").getByText(name).click();
    page.locator("#field-role").selectOption("viewer");
    press(page, "Save");
    assertThat(page.locator("#field-role-error")).containsText("lock yourself out");
    chromium.look(page, "administration-user-own");

    page.getByLabel("Yes, take it from my own account").check();
    press(page, "Save");
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Changed.");
    assertThat(page.navigate(ADMINISTRATION + "/users").status()).isEqualTo(403);
  }

  @Test
  void given_a_viewer_when_looking_at_the_administration_then_it_sees_its_own_and_no_more() {
    long other = user("other-" + mark, "viewer");
    Page page = signedIn("viewer", ADMINISTRATION);
    assertThat(page.locator(".places a"))
        .hasText(new String[] {"Your account", "Roles", "Nodes", "About"});
    chromium.look(page, "administration-viewer");
    assertThat(page.navigate(ADMINISTRATION + "/about").status()).isEqualTo(200);
    assertThat(page.navigate(ADMINISTRATION + "/roles").status()).isEqualTo(200);
    for (String closed :
        List.of(
            "/users",
            "/users/new",
            "/users/" + other,
            "/secrets",
            "/audit",
            "/audit/export",
            "/settings")) {
      assertThat(page.navigate(ADMINISTRATION + closed).status()).as(closed).isEqualTo(403);
      assertThat(page.locator("main")).containsText("Your account may not do that.");
    }
  }

  private long user(String name, String role) {
    return api.create(
        "/users",
        Map.of("name", name, "password", PASSWORD, "role", role, "mustChangePassword", false));
  }
}
