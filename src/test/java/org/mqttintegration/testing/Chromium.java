package org.mqttintegration.testing;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * The system's Chromium. What pages ask for and complain about is watched: they may ask only the
 * application, and their policy must stop nothing.
 */
public final class Chromium implements AutoCloseable {

  private static final Path PROGRAM = Path.of(System.getProperty("chromium", "/usr/bin/chromium"));

  /** A machine may be busy; what comes at all comes within it. */
  private static final double PATIENCE_MILLIS = 60_000;

  private static final String PASSWORD = "a password for pages";
  private static final Path SCREENS = Path.of("target", "screens");

  /** The page has the script since the whole check. */
  private static final String ONE_RULE =
      """
      rule => axe.run({ runOnly: [rule] }).then(found =>
        found.violations.flatMap(each => each.nodes.map(node => each.help + ' at ' + node.target)))
      """;

  /** One for all suites: they run in one thread, and its start takes seconds. */
  private static @Nullable Browser browser;

  private static @Nullable Playwright playwright;

  private final List<BrowserContext> contexts = new ArrayList<>();
  private final String base;
  private final List<String> complaints = new ArrayList<>();

  /** A browser for the application at that port. */
  public Chromium(int port) {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    this.base = "http://127.0.0.1:" + port;
  }

  /** Where the application is. */
  public String base() {
    return base;
  }

  /** A browser that nobody signed in with, on the page of that path. */
  public Page open(String path) {
    BrowserContext context =
        browser()
            .newContext(
                new Browser.NewContextOptions().setBaseURL(base).setViewportSize(1280, 800));
    contexts.add(context);
    context.setDefaultTimeout(PATIENCE_MILLIS);
    Page page = context.newPage();
    page.onRequest(
        request -> {
          if (!request.url().startsWith(base) && !request.url().startsWith("data:")) {
            complaints.add("asked for " + request.url());
          }
        });
    page.onResponse(
        response -> {
          if (response.status() >= 400 && !response.request().isNavigationRequest()) {
            complaints.add(response.status() + " for " + response.url());
          }
        });
    page.onPageError(error -> complaints.add(error));
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            complaints.add(message.text());
          }
        });
    page.navigate(path);
    return page;
  }

  /** A page that somebody new of a role signed in for. */
  public Page signedIn(RestApi api, String role, String path) {
    return signedIn(api, Map.of("role", role), path);
  }

  /** A page that somebody new signed in for. */
  public Page signedIn(RestApi api, Map<String, ?> account, String path) {
    String name = account.get("role") + "-" + UUID.randomUUID().toString().substring(0, 8);
    Map<String, Object> user = new HashMap<>(account);
    user.put("name", name);
    user.put("password", PASSWORD);
    user.put("mustChangePassword", false);
    api.create("/users", user);
    Page page = open(path);
    signIn(page, name, PASSWORD);
    return page;
  }

  /** Fills the form of a sign-in page, and sends it. */
  public static void signIn(Page page, String name, String password) {
    page.getByLabel("User name").fill(name);
    page.getByLabel("Password").fill(password);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
  }

  /** What pages did that they must not. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /**
   * Checks the page for accessibility, and keeps how it looks: light, dark, and on a phone. In the
   * dark only colors differ, and on a phone only sizes do.
   */
  public void look(Page page, String name) {
    expectNone(
        new AxeBuilder(page)
            .setLegacyMode(true).analyze().getViolations().stream().map(Chromium::words).toList(),
        name);
    keep(page, name + "-light");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    expectNone((List<?>) page.evaluate(ONE_RULE, "color-contrast"), name + "-dark");
    keep(page, name + "-dark");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.setViewportSize(360, 740);
    expectNone((List<?>) page.evaluate(ONE_RULE, "target-size"), name + "-phone");
    keep(page, name + "-phone");
    page.setViewportSize(1280, 800);
  }

  private static void expectNone(List<?> faults, String name) {
    Assertions.assertThat(faults).as("what axe finds on " + name).isEmpty();
  }

  private static void keep(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENS.resolve(name + ".png")).setFullPage(true));
    Object wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
    Assertions.assertThat(wide).as(name + " scrolls sideways").isEqualTo(false);
  }

  private static String words(Rule rule) {
    return "%s: %s at %s"
        .formatted(
            rule.getId(),
            rule.getHelp(),
            rule.getNodes().stream().map(node -> String.valueOf(node.getTarget())).toList());
  }

  private static synchronized Browser browser() {
    if (browser == null || !browser.isConnected()) {
      browser = launch();
    }
    return browser;
  }

  /** Ends the browser of all suites, whose threads would keep a program from its end. */
  public static synchronized void quit() {
    if (playwright != null) {
      playwright.close();
      playwright = null;
      browser = null;
    }
  }

  private static Browser launch() {
    Map<String, String> environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    List<String> arguments =
        List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    return playwright
        .chromium()
        .launch(new BrowserType.LaunchOptions().setExecutablePath(PROGRAM).setArgs(arguments));
  }

  /** Ends all that was opened; the browser stays for the next suite. */
  @Override
  public void close() {
    contexts.forEach(BrowserContext::close);
  }
}
