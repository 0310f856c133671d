package org.mqttintegration.console.administration;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.InBrowser;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;

/**
 * Secrets and keys, the audit, the settings in force, the roles and what runs here, in the console.
 */
@IntegrationTest
class InstallationPagesIT extends InBrowser {

  private static final String ADMINISTRATION = "/console/administration";

  @Test
  void given_many_entries_when_somebody_scrolls_or_exports_then_all_of_them_come()
      throws IOException {
    long user =
        api.create("/users", Map.of("name", "busy-" + mark, "password", "a password for " + mark));
    for (int change = 0; change < 60; change++) {
      api.patch("/users/" + user, Map.of("displayName", "Name " + change)).expect(200);
    }
    Page page =
        signedIn("administrator", ADMINISTRATION + "/audit?recordKind=user&recordId=busy-" + mark);
    page.locator(".thread > li").last().scrollIntoViewIfNeeded();
    assertThat(page.locator(".thread > li")).hasCount(61);
    assertThat(page.locator(".thread")).containsText("Name 0");

    Download download = page.waitForDownload(() -> page.getByText("CSV", exactly()).click());
    List<String> lines = Files.readAllLines(download.path());
    assertThat(lines).hasSize(62).first().asString().startsWith("id,at,");
    page.navigate(ADMINISTRATION + "/audit?since=yesterday");
    assertThat(page.locator("#field-since")).hasValue("yesterday");
    assertThat(page.locator(".filters .error")).containsText("instant");
    page.navigate(ADMINISTRATION + "/audit/export?since=yesterday");
    assertThat(page.locator("main")).containsText("since");
  }

  @Test
  void given_a_secret_when_it_is_set_and_deleted_then_its_files_are_named_and_it_is_never_shown() {
    String name = "erp-" + mark;
    Page page = signedIn("administrator", ADMINISTRATION + "/secrets");
    page.locator("#name").fill("no name");
    page.locator("#value").fill("planted " + mark);
    press(page, "Store the secret");
    assertThat(page.locator("#name-error")).containsText("Letters, digits");
    page.locator("#name").fill(name);
    press(page, "Store the secret");
    assertThat(page.locator("#value-error")).isVisible();
    assertThat(page.locator("#name")).hasValue(name);
    page.locator("#value").fill("planted " + mark);
    press(page, "Store the secret");
    useSecret();
    page.navigate(ADMINISTRATION + "/secrets");
    assertThat(page.locator("tr:has-text('" + name + "') .file"))
        .hasText("uses-" + mark + ".camel.yaml");
    assertThat(page.content()).doesNotContain("planted");
    assertThat(page.locator("section:has(#keys) tbody tr").first()).containsText("the newest");
    chromium.look(page, "administration-secrets");
    page.getByText("Encrypt all with the newest key").click();
    press(page, "Encrypt all anew");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("0 of ");

    page.getByLabel("Delete secret " + name).click();
    assertThat(page.locator("main")).containsText("uses-" + mark + ".camel.yaml");
    chromium.look(page, "administration-secret-delete");
    press(page, "Delete secret " + name);
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("is deleted");
    api.delete("/route-files/uses-%s.camel.yaml".formatted(mark)).expect(204);
  }

  private void useSecret() {
    api.send(
            "PUT",
            "/route-files/uses-%s.camel.yaml".formatted(mark),
            """
            - route:
                id: uses-%1$s
                description: Has a secret, and nothing to do
                from:
                  uri: direct:uses-%1$s
                  steps:
                    - to:
                        uri: smtp://127.0.0.1:1
                        parameters:
                          username: u
                          password: RAW({{secret:erp-%1$s}})
            """
                .formatted(mark),
            Map.of("Content-Type", "text/yaml"))
        .expect(200);
  }

  @Test
  void given_an_administrator_when_looking_at_the_installation_then_passwords_are_told_as_set() {
    Page page = signedIn("administrator", ADMINISTRATION + "/settings");
    Locator password = page.locator("tr:has-text('access.initial-password')");
    assertThat(password.locator("td").first()).hasText("set");
    assertThat(page.content()).doesNotContain(RestApi.PASSWORD);
    chromium.look(page, "administration-settings");
    page.navigate(ADMINISTRATION + "/settings?name=Retention");
    assertThat(page.locator("tbody tr:not(.group)")).hasCount(1);

    page.navigate(ADMINISTRATION + "/nodes");
    assertThat(page.locator("tr:has-text('this one')")).containsText("running");
    chromium.look(page, "administration-nodes");
    page.navigate(ADMINISTRATION + "/about");
    assertThat(page.locator("main")).containsText("uplot");
    chromium.look(page, "administration-about");
    page.navigate(ADMINISTRATION + "/roles");
    Locator settings = page.locator("tr:has-text('GET /api/v1/settings')");
    assertThat(settings.locator("td")).hasText(new String[] {"", "", "✓", ""});
    chromium.look(page, "administration-roles");
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }
}
