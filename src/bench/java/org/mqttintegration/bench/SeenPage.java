package org.mqttintegration.bench;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.mqttintegration.testing.Chromium;

/**
 * A page of the console that was open for a while.
 *
 * @param events what the server told it, a second
 * @param requests what it asked the server for, a second
 * @param frames milliseconds between its animation frames
 */
@SuppressWarnings("ArrayRecordComponent")
record SeenPage(String name, double events, double requests, double[] frames) {

  private static final String WATCH =
      """
      () => {
        window.watched = { events: 0, frames: [] };
        document.body.addEventListener('htmx:sseMessage', () => window.watched.events++);
        let last = performance.now();
        const frame = now => { window.watched.frames.push(now - last); last = now; requestAnimationFrame(frame); };
        requestAnimationFrame(frame);
      }
      """;

  /** Opens it for an operator who reads payloads. */
  static SeenPage watch(
      Chromium chromium, Application application, String name, String path, int seconds) {
    Page page = chromium.signedIn(application.api(), "administrator", path);
    page.waitForURL(url -> url.contains(path.substring(0, Math.min(path.length(), 16))));
    AtomicLong requests = new AtomicLong();
    page.evaluate(WATCH);
    page.onResponse(response -> requests.incrementAndGet());
    page.waitForTimeout(seconds * 1000.0);
    double events = ((Number) page.evaluate("window.watched.events")).doubleValue();
    List<?> frames = (List<?>) page.evaluate("window.watched.frames");
    page.close();
    return new SeenPage(
        name,
        events / seconds,
        requests.doubleValue() / seconds,
        frames.stream().mapToDouble(frame -> ((Number) frame).doubleValue()).toArray());
  }

  void addTo(Table table) {
    table.row(
        name,
        events,
        requests,
        Figures.percentile(frames, 50),
        Figures.percentile(frames, 99),
        Figures.percentile(frames, 100));
  }
}
