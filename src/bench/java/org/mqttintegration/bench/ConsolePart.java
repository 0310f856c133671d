package org.mqttintegration.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.mqttintegration.testing.Chromium;

/** What open pages of the console see and cost while many messages come in. */
final class ConsolePart implements Part {

  private static final String TOPIC = "console";

  /** Twice a second for each of the five kinds of change, and a beat in five seconds. */
  private static final double MOST_EVENTS = 10.5;

  /** The web server's buffers for an HTTP/1.1 request that goes on, bytes and chars, are 95 kB. */
  private static final double MOST_KILOBYTES = 128;

  @Override
  public String name() {
    return "console";
  }

  @Override
  public Section measure(Laboratory laboratory) throws Exception {
    Settings settings = laboratory.settings();
    int rate = settings.number("console.rate", 5_000);
    int seconds = settings.number("console.seconds", 20);
    List<Integer> streams = settings.numbers("console.streams", "0,50,200,450");
    Database database = laboratory.postgres().create("console");
    ExecutorService sender = Executors.newSingleThreadExecutor();
    try (Application application = Application.start(laboratory, database);
        Chromium chromium = new Chromium(application.port())) {
      long broker = application.createBroker(laboratory.broker());
      application.subscribe(broker, TOPIC + "/#");
      Load.publishAll(laboratory.broker(), TOPIC, settings.number("console.warm-up", 200_000));
      Future<?> sending = sender.submit(() -> send(laboratory.broker(), rate));
      List<SeenPage> pages = new ArrayList<>();
      pages(broker)
          .forEach(
              (name, path) ->
                  pages.add(SeenPage.watch(chromium, application, name, path, seconds)));
      Table table =
          new Table(
              "Open streams",
              "events/s each",
              "recorded msg/s",
              "live heap MB",
              "CPU-s per second, own",
              "PostgreSQL");
      OpenStreams open = new OpenStreams(laboratory, application, chromium);
      List<OpenStreams.Reading> opened = new ArrayList<>();
      for (int count : streams) {
        opened.add(open.measure(count, seconds));
        opened.get(opened.size() - 1).addTo(table);
        laboratory.say("console: %d streams done", count);
      }
      if (sending.isDone()) {
        sending.get(); // tells why
      }
      return new Section(
          "Open pages", text(rate, seconds, pages, table), aims(rate, pages, opened));
    } finally {
      Chromium.quit();
      sender.shutdownNow();
      Waiting.until(
          "the sender ended", Duration.ofSeconds(30), Duration.ofMillis(20), sender::isTerminated);
    }
  }

  /** Until it is interrupted. */
  private static double send(Broker broker, int rate) throws Exception {
    try (Load load = new Load(broker)) {
      return load.publishEvenly(TOPIC, Integer.MAX_VALUE, rate);
    }
  }

  private static Map<String, String> pages(long broker) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("Overview", "/console/");
    pages.put("History", "/console/history");
    pages.put(
        "Explore, a topic open",
        "/console/explore?brokerId=%d&topic=%s/line1".formatted(broker, TOPIC));
    pages.put("Brokers", "/console/brokers");
    return pages;
  }

  private static String text(int rate, int seconds, List<SeenPage> pages, Table streams) {
    Table seen =
        new Table(
            "Page", "events/s", "requests/s", "median frame ms", "p99 frame ms", "longest ms");
    pages.forEach(page -> page.addTo(seen));
    return """
    %s msg/s at QoS 1 come in on ten topics, all recorded. One page after the other is open in a headless Chromium that
    draws without a GPU, on the same two cores, for %d s each: events are what the server told it, requests what it asked
    for then, a frame is the time between two of the browser's animation frames.

    %s
    Then so many streams are open at once, as pages have them. The live heap is that after a full garbage collection.

    %s"""
        .formatted(Figures.count(rate), seconds, seen, streams);
  }

  private static List<Aim> aims(int rate, List<SeenPage> pages, List<OpenStreams.Reading> opened) {
    double most = pages.stream().mapToDouble(SeenPage::events).max().orElse(Double.NaN);
    OpenStreams.Reading first = opened.get(0);
    OpenStreams.Reading last = opened.get(opened.size() - 1);
    double each =
        (last.heapMegabytes() - first.heapMegabytes()) * 1024 / (last.streams() - first.streams());
    return List.of(
        Aim.of(
            "at %s msg/s a page is told of each kind of change twice a second at most"
                .formatted(Figures.count(rate)),
            "%s events/s at most".formatted(Figures.number(most)),
            most <= MOST_EVENTS,
            "See the table."),
        Aim.of(
            "an open page costs the server what a connection does, and no messages",
            "%s kB of live heap for each, whatever comes in".formatted(Figures.number(each)),
            each < MOST_KILOBYTES,
            "See the table."));
  }
}
