package org.mqttintegration.bench;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.mqttintegration.testing.Chromium;

/** Streams of server-sent events, as many pages have them open: more and more of them. */
final class OpenStreams {

  private static final String ROWS = "select coalesce(max(id), 0) from history";

  private final Laboratory laboratory;
  private final Application application;
  private final URI address;
  private final String cookies;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong events = new AtomicLong();
  private int asked;

  OpenStreams(Laboratory laboratory, Application application, Chromium chromium) {
    this.laboratory = laboratory;
    this.application = application;
    this.address = URI.create(chromium.base() + "/console/live");
    this.cookies = cookies(chromium, application);
  }

  /**
   * What so many open streams do.
   *
   * @param events what each was told, a second
   * @param recorded messages that came into the history meanwhile, a second
   * @param heapMegabytes live objects of the application after it
   * @param cpu a second's
   */
  record Reading(int streams, double events, double recorded, double heapMegabytes, Cpu cpu) {

    void addTo(Table table) {
      table.row(streams, events, recorded, heapMegabytes, cpu.own(), cpu.database());
    }
  }

  /** Opens what is missing to that number, and watches them for a while. */
  Reading measure(int count, int seconds) throws Exception {
    while (asked < count) {
      HttpRequest request = HttpRequest.newBuilder(address).header("Cookie", cookies).build();
      client.sendAsync(request, this::counting);
      asked++;
    }
    Waiting.until(
        "%d streams are open".formatted(count),
        Duration.ofSeconds(60),
        Duration.ofMillis(20),
        () -> open.get() == count);
    long before = events.get();
    long rows = application.database().count(ROWS);
    Cpu begin = Cpu.now(laboratory, application.cpuSeconds());
    Thread.sleep(seconds * 1000L);
    Cpu cpu = Cpu.now(laboratory, application.cpuSeconds()).since(begin).per(seconds);
    double told = (events.get() - before) / (double) seconds / Math.max(1, count);
    double recorded = (application.database().count(ROWS) - rows) / (double) seconds;
    double heap = ProcessFacts.liveHeapMegabytes(application.process().pid());
    return new Reading(count, told, recorded, heap, cpu);
  }

  private HttpResponse.BodySubscriber<Void> counting(HttpResponse.ResponseInfo response) {
    if (response.statusCode() == 200) {
      open.incrementAndGet();
    }
    return HttpResponse.BodySubscribers.ofByteArrayConsumer(
        part -> part.ifPresent(bytes -> events.addAndGet(eventsIn(bytes))));
  }

  /** Each has one line with its name; a part may end within it, which hardly counts. */
  private static long eventsIn(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("event:"))
        .count();
  }

  /** Those of somebody who signed in. */
  static String cookies(Chromium chromium, Application application) {
    Page page = chromium.signedIn(application.api(), "viewer", "/console/password");
    page.waitForSelector("#password");
    String cookies =
        page.context().cookies().stream()
            .map(cookie -> cookie.name + "=" + cookie.value)
            .collect(Collectors.joining("; "));
    page.close();
    return cookies;
  }
}
