package org.mqttintegration.console.history;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.mqttintegration.testing.Chromium;
import org.mqttintegration.testing.RestApi;

/** Accounts of a test, signed in to the console. */
final class Readers {

  private static final String PASSWORD = "a password for history";

  private final Chromium chromium;
  private final RestApi api;
  private final String mark;

  Readers(Chromium chromium, RestApi api, String mark) {
    this.chromium = chromium;
    this.api = api;
    this.mark = mark;
  }

  /** Who has a role, and reads payloads. */
  Page signedIn(String role, String path) {
    return open(role, true, path);
  }

  /** A viewer who may not read payloads. */
  Page withoutPayloads(String path) {
    return open("viewer", false, path);
  }

  private Page open(String role, boolean readsPayloads, String path) {
    String name = "%s-%s-%s".formatted(role, readsPayloads, mark);
    api.create(
        "/users",
        Map.of(
            "name", name,
            "password", PASSWORD,
            "role", role,
            "readsPayloads", readsPayloads,
            "mustChangePassword", false));
    Page page = chromium.open(path);
    page.getByLabel("User name").fill(name);
    page.getByLabel("Password").fill(PASSWORD);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in").setExact(true))
        .click();
    return page;
  }
}
