package org.mqttintegration.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.mqttintegration.testing.RestApi;

/** How many signals are sent over REST. */
final class SendsPart implements Part {

  private static final int WARM_UP_SECONDS = 15;

  @Override
  public String name() {
    return "sends";
  }

  @Override
  public Section measure(Laboratory laboratory) throws Exception {
    Settings settings = laboratory.settings();
    int seconds = settings.number("sends.seconds", 15);
    Database database = laboratory.postgres().create("sends");
    Table table =
        new Table(
            "Callers",
            "sends/s",
            "p50 ms",
            "p99 ms",
            "CPU-s per 1,000, own",
            "PostgreSQL",
            "broker");
    try (Application application = Application.start(laboratory, database)) {
      long broker = application.createBroker(laboratory.broker());
      List<Integer> callers = settings.numbers("sends.callers", "1,8,32");
      awaitConnected(application, broker);
      List<String> paths = new ArrayList<>();
      for (int line = 0; line < callers.get(callers.size() - 1); line++) {
        paths.add("/signals/" + signal(application, broker, line) + "/send");
      }
      send(application.api(), paths, WARM_UP_SECONDS);
      for (int count : callers) {
        measure(laboratory, application, paths.subList(0, count), seconds, table);
      }
    }
    return new Section("Sends over REST", text(seconds, table), List.of());
  }

  private static String text(int seconds, Table table) {
    return """
    `POST /signals/{id}/send` with `Prefer: wait=10`, at QoS 1 with %d bytes: the send is committed, published, answered with
    PUBACK, and its outcome and history row are committed; then comes the answer, and every one has to be `delivered`. Callers
    send one after the other, each to a topic of its own for %d s, from a JVM on the same machine. mosquitto keeps its default of
    20 messages in flight for a client.

    %s"""
        .formatted(Payloads.SIZE, seconds, table);
  }

  private static long signal(Application application, long broker, int line) {
    return application
        .api()
        .create(
            "/signals",
            Map.of(
                "name",
                "benchmark",
                "brokerId",
                broker,
                "topic",
                "sends/line" + line,
                "payload",
                new String(Payloads.of(0), StandardCharsets.US_ASCII),
                "qos",
                1));
  }

  private static void awaitConnected(Application application, long broker)
      throws InterruptedException {
    Waiting.until(
        "the broker is connected",
        Duration.ofSeconds(30),
        Duration.ofMillis(50),
        () ->
            application
                .api()
                .get("/brokers/" + broker)
                .json()
                .path("liveStatus")
                .asText()
                .equals("connected"));
  }

  private static void measure(
      Laboratory laboratory, Application application, List<String> paths, int seconds, Table table)
      throws Exception {
    Cpu before = Cpu.now(laboratory, application.cpuSeconds());
    long begin = System.nanoTime();
    double[] millis = send(application.api(), paths, seconds);
    double took = (System.nanoTime() - begin) / 1e9;
    Cpu used = Cpu.now(laboratory, application.cpuSeconds()).since(before);
    Cpu perThousand = used.per(millis.length / 1e3);
    table.row(
        paths.size(),
        millis.length / took,
        Figures.percentile(millis, 50),
        Figures.percentile(millis, 99),
        perThousand.own(),
        perThousand.database(),
        perThousand.broker());
    laboratory.say(
        "sends: %d callers, %s a second", paths.size(), Figures.number(millis.length / took));
  }

  /** Sends, and tells how many milliseconds each one took. */
  private static double[] send(RestApi api, List<String> paths, int seconds) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(paths.size());
    try {
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      List<Future<List<Double>>> results = new ArrayList<>();
      for (String path : paths) {
        results.add(pool.submit(() -> sendUntil(end, api, path)));
      }
      List<Double> millis = new ArrayList<>();
      for (Future<List<Double>> result : results) {
        millis.addAll(result.get());
      }
      return millis.stream().mapToDouble(Double::doubleValue).toArray();
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<Double> sendUntil(long end, RestApi api, String path) {
    List<Double> millis = new ArrayList<>();
    while (System.nanoTime() < end) {
      long begin = System.nanoTime();
      String outcome = api.sendAndWait(path, null).expect(200).json().path("status").asText();
      if (!outcome.equals("delivered")) {
        throw new IllegalStateException("A signal was " + outcome);
      }
      millis.add((System.nanoTime() - begin) / 1e6);
    }
    return millis;
  }
}
