package org.mqttintegration.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.mqttintegration.testing.NumberedSends;
import org.mqttintegration.testing.NumberedStream;

/**
 * Everything at once: many messages at QoS 1, some at QoS 1 and 2 that a durable route bridges to
 * another topic, sends over REST whose messages come back and are removed by a retention of their
 * own, the history and pages being read, and a page that is kept up to date.
 */
final class SoakTraffic implements AutoCloseable {

  static final int BRIDGED_PER_SECOND = 100;
  static final int SENDS_PER_SECOND = 5;
  static final int READS_PER_SECOND = 2;

  private static final int WAITING = 20_000;
  private static final int AT_ONCE = 2_000;
  private static final Duration DRAIN = Duration.ofMinutes(10);
  private static final String ALL = "select coalesce(sum(messages), 0) from history_commit";
  private static final List<String> READ =
      List.of(
          "/history?limit=50",
          "/history?limit=50&topic=soak/%2B/line3",
          "/history/count",
          "/console/history",
          "/console/");

  private final Laboratory laboratory;
  private final Application application;
  private final PageReader pages;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> running = new ArrayList<>();
  private final NumberedStream bridged;
  private final NumberedSends sends;
  private int flooded;
  private int wanted;
  private volatile boolean ended;

  SoakTraffic(Laboratory laboratory, Application application, PageReader pages, Path routes)
      throws Exception {
    this.laboratory = laboratory;
    this.application = application;
    this.pages = pages;
    long broker = application.createBroker(laboratory.broker());
    bridge(application, routes, laboratory.broker());
    application.api().subscribe(broker, "soak/#", 2);
    long brief = application.api().subscribe(broker, "brief/#", 2);
    application.api().patch("/subscriptions/" + brief, Map.of("historyRetention", 60)).expect(200);
    String uri = "mqtt://127.0.0.1:" + laboratory.broker().port();
    bridged = new NumberedStream(uri, "soak/in", BRIDGED_PER_SECOND, 10);
    sends =
        new NumberedSends(
            application.api(),
            1,
            SENDS_PER_SECOND,
            Integer.MAX_VALUE,
            n -> Map.of("brokerId", broker, "topic", "brief/" + n % 10, "qos", 1 + n % 2));
    start(this::read);
    start(this::stayOpen);
  }

  /** What came of it; each figure of what was sent beside that of what is there. */
  record End(
      long sent,
      long recorded,
      long bridgedSent,
      long bridgedRecorded,
      long bridgedBack,
      long sends,
      long delivered,
      long briefLeft) {

    boolean isComplete() {
      return sent == recorded
          && bridgedSent == bridgedRecorded
          && bridgedSent == bridgedBack
          && sends == delivered;
    }
  }

  private static void bridge(Application application, Path routes, Broker broker)
      throws IOException, InterruptedException {
    Files.writeString(
        routes.resolve("soak.camel.yaml"),
        """
        - route:
            id: soak
            description: Publishes on another topic
            from:
              uri: signal:receive
              parameters:
                topic: soak/in/+/+
                durable: soak
              steps:
                - to:
                    uri: signal:send
                    parameters:
                      broker: Broker %d
                      topic: soak/out
                      qos: 1
        """
            .formatted(broker.port()));
    Waiting.until(
        "the route runs",
        Duration.ofSeconds(60),
        Duration.ofMillis(200),
        () -> application.api().get("/routes").text().contains("\"soak\""));
  }

  private void start(Callable<?> work) {
    running.add(threads.submit(work));
  }

  /** A part of it that failed is told at once. */
  void failAsItDid() throws Exception {
    for (Future<?> one : running) {
      if (one.isDone()) {
        one.get();
      }
    }
    sends.accepted();
  }

  /** How many messages a second are recorded while more are there, of all kinds. */
  double limit(int seconds) throws Exception {
    try (Load load = new Load(laboratory.broker())) {
      flood(load, seconds / 4);
      long rows = recorded();
      long from = System.nanoTime();
      flood(load, seconds - seconds / 4);
      double perSecond = (recorded() - rows) / ((System.nanoTime() - from) / 1e9);
      load.awaitAnswers();
      await("soak/limit/%", flooded);
      Waiting.until(
          "sends have caught up",
          DRAIN,
          Duration.ofSeconds(1),
          () -> queued() < BRIDGED_PER_SECOND);
      return perSecond;
    }
  }

  /** Has so many wait at the broker that there are always some, and no more than it can number. */
  private void flood(Load load, int seconds) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (System.nanoTime() < end) {
      if (flooded - recorded() < WAITING) {
        for (int i = 0; i < AT_ONCE; i++) {
          load.publish("soak/limit", flooded++);
        }
        load.flush();
      }
    }
  }

  private long queued() throws Exception {
    return application.database().count("select count(*) from send where status = 'queued'");
  }

  private long recorded() throws Exception {
    return application.database().count(ALL);
  }

  /** Sends so many a second from now on. */
  void goOn(int rate, int seconds) {
    wanted = rate * seconds;
    start(
        () -> {
          try (Load load = new Load(laboratory.broker())) {
            double took = load.publishEvenly("soak/main", wanted, rate);
            load.awaitAnswers();
            return took;
          }
        });
  }

  /** Ends all of it, waits until what was sent is there, and counts. */
  End end() throws Exception {
    await("soak/main/%", wanted);
    int accepted = bridged.stop();
    int sent = sends.stop().size();
    await("soak/in/%", accepted);
    await("soak/out", accepted);
    Database database = application.database();
    Waiting.until("every send has an outcome", DRAIN, Duration.ofMillis(500), () -> queued() == 0);
    return new End(
        wanted,
        different("soak/main/%", "substring(payload from 18 for 8)"),
        accepted,
        different("soak/in/%", "payload"),
        different("soak/out", "payload"),
        sent,
        database.count(
            "select count(*) from send where topic like 'brief/%' and status = 'delivered'"),
        database.count(
            "select count(*) from history where topic like 'brief/%' and direction = 'receive'"));
  }

  private long different(String topic, String what) throws Exception {
    return application
        .database()
        .count(
            "select count(distinct %s) from history where topic like '%s' and direction = 'receive'"
                .formatted(what, topic));
  }

  private void await(String topic, long messages) throws InterruptedException {
    Waiting.until(
        "%d messages of %s are recorded".formatted(messages, topic),
        DRAIN,
        Duration.ofSeconds(2),
        () ->
            application
                    .database()
                    .count(
                        "select count(*) from history where topic like '%s' and direction = 'receive'"
                            .formatted(topic))
                >= messages);
  }

  /** As people do, again and again. */
  private Void read() throws InterruptedException {
    for (int i = 0; !ended; i++) {
      pages.ask(READ.get(i % READ.size()));
      Thread.sleep(1000 / READS_PER_SECOND);
    }
    return null;
  }

  /** As a page that is open does: when its stream of events ends, it asks for another. */
  private Void stayOpen() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    URI address = URI.create("http://127.0.0.1:%d/console/live".formatted(application.port()));
    while (!ended) {
      HttpRequest request =
          HttpRequest.newBuilder(address).header("Cookie", pages.cookies()).build();
      Iterator<String> lines = client.send(request, BodyHandlers.ofLines()).body().iterator();
      while (!ended && lines.hasNext()) {
        lines.next();
      }
    }
    return null;
  }

  @Override
  public void close() {
    ended = true;
    sends.close();
    bridged.close();
    threads.shutdownNow();
  }
}
