package org.mqttintegration.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A suite that opens pages: each test has a browser of its own, which must not complain. */
public abstract class InBrowser {

  @Autowired protected RestApi api;
  @LocalServerPort private int port;

  /** For names of the test's own. A letter first: YAML takes some other marks for numbers. */
  protected final String mark = "m" + UUID.randomUUID().toString().substring(0, 7);

  protected Chromium chromium;

  @BeforeEach
  void openChromium() {
    chromium = new Chromium(port);
  }

  @AfterEach
  void closeChromium() {
    List<String> complaints = chromium.complaints();
    chromium.close();
    assertThat(complaints).isEmpty();
  }

  /** A page that somebody new of a role signed in for, who may not read payloads. */
  protected Page signedIn(String role, String path) {
    return chromium.signedIn(api, role, path);
  }

  /** A page that somebody new of a role signed in for, who may read payloads. */
  protected Page signedInReader(String role, String path) {
    return chromium.signedIn(api, Map.of("role", role, "readsPayloads", true), path);
  }

  /** Presses the button of exactly that name. */
  public static void press(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, named(name)).click();
  }

  /** Follows the link of exactly that name. */
  public static void link(Page page, String name) {
    page.getByRole(AriaRole.LINK, named(name)).click();
  }

  /** What has exactly that name. */
  public static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
