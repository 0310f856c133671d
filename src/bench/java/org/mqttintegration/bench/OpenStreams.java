package org.mqttintegration.bench;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.mqttintegration.testing.Chromium;

/**
 * Streams of server-sent events, as many pages have them open.
 *
 * @param streams how many
 * @param events what each was told, a second
 * @param recorded messages that came into the history meanwhile, a second
 * @param heapMegabytes live objects of the application meanwhile
 * @param cpu a second's
 */
record OpenStreams(int streams, double events, double recorded, double heapMegabytes, Cpu cpu) {

  private static final String ROWS = "select coalesce(max(id), 0) from history";

  static OpenStreams measure(
      Laboratory laboratory, Application application, Chromium chromium, int count, int seconds)
      throws Exception {
    Database database = application.database();
    AtomicInteger open = new AtomicInteger();
    AtomicLong events = new AtomicLong();
    String cookies = cookies(chromium, application);
    HttpClient client = HttpClient.newHttpClient();
    List<CompletableFuture<?>> streams = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(chromium.base() + "/console/live"))
              .header("Cookie", cookies)
              .build();
      streams.add(client.sendAsync(request, response -> counting(response, open, events)));
    }
    Waiting.until(
        "all streams are open",
        Duration.ofSeconds(60),
        Duration.ofMillis(20),
        () -> open.get() == count);
    long before = events.get();
    long rows = database.count(ROWS);
    Cpu begin = Cpu.now(laboratory, application.cpuSeconds());
    Thread.sleep(seconds * 1000L);
    Cpu cpu = Cpu.now(laboratory, application.cpuSeconds()).since(begin).per(seconds);
    double told = (events.get() - before) / (double) seconds / Math.max(1, count);
    double more = (database.count(ROWS) - rows) / (double) seconds;
    double heap = ProcessFacts.liveHeapMegabytes(application.process().pid());
    streams.forEach(stream -> stream.cancel(true));
    return new OpenStreams(count, told, more, heap, cpu);
  }

  private static HttpResponse.BodySubscriber<Void> counting(
      HttpResponse.ResponseInfo response, AtomicInteger open, AtomicLong events) {
    if (response.statusCode() == 200) {
      open.incrementAndGet();
    }
    return HttpResponse.BodySubscribers.ofByteArrayConsumer(
        part -> part.ifPresent(bytes -> events.addAndGet(eventsIn(bytes))));
  }

  /** Each has one line with its name; a part may end within it, which hardly counts. */
  private static long eventsIn(byte[] bytes) {
    String text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes)).toString();
    return text.lines().filter(line -> line.startsWith("event:")).count();
  }

  private static String cookies(Chromium chromium, Application application) {
    Page page = chromium.signedIn(application.api(), "viewer", "/console/brokers");
    page.waitForURL("**/console/brokers**");
    String cookies =
        page.context().cookies().stream()
            .map(cookie -> cookie.name + "=" + cookie.value)
            .collect(Collectors.joining("; "));
    page.close();
    return cookies;
  }

  void addTo(Table table) {
    table.row(streams, events, recorded, heapMegabytes, cpu.own(), cpu.database());
  }
}
