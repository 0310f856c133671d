package org.mqttintegration.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How long after it was sent a message stands in the history. */
final class LatencyPart implements Part {

  private static final String TOPIC = "latency";

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public Section measure(Laboratory laboratory) throws Exception {
    List<Integer> rates = laboratory.settings().numbers("latency.rates", "1000,10000");
    int seconds = laboratory.settings().number("latency.seconds", 20);
    Database database = laboratory.postgres().create("latency");
    Table table =
        new Table(
            "Aimed msg/s",
            "sent msg/s",
            "rows",
            "p50 ms",
            "p99 ms",
            "longest ms",
            "CPU-s per second, own",
            "PostgreSQL");
    try (Application application = Application.start(laboratory, database)) {
      application.subscribe(application.createBroker(laboratory.broker()), TOPIC + "/#");
      warmUp(laboratory, database);
      for (int rate : rates) {
        run(laboratory, application, database, rate, seconds).addTo(table, rate);
        laboratory.say("latency at %d msg/s done", rate);
      }
    }
    return new Section("Latency", text(seconds, table), List.of());
  }

  private static String text(int seconds, Table table) {
    return """
    From just before a message is written to its socket (the time stands in its payload) until a second database session
    sees its row in the history; both by the machine's one clock. The session asks every millisecond, so up to that and its
    own query are part of the figure. QoS 1, one subscription, evenly sent for %d s by a warm
    application. PostgreSQL's CPU has the asking session in it.

    %s"""
        .formatted(seconds, table);
  }

  /** Records many at full speed, until the JVM has compiled what it runs. */
  private static void warmUp(Laboratory laboratory, Database database) throws Exception {
    int messages = laboratory.settings().number("latency.warm-up", 200_000);
    Load.publishAll(laboratory.broker(), TOPIC, messages);
    Waiting.until(
        "%d messages are recorded".formatted(messages),
        Duration.ofMinutes(5),
        Duration.ofMillis(500),
        () -> database.count("select count(*) from history") >= messages);
  }

  private static Latency run(
      Laboratory laboratory, Application application, Database database, int rate, int seconds)
      throws Exception {
    int messages = rate * seconds;
    Visibility visibility = new Visibility(database, messages);
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try (Load load = new Load(laboratory.broker())) {
      Future<double[]> millis = reader.submit(visibility);
      Thread.sleep(200); // the reader has to know what was there before
      Cpu before = Cpu.now(laboratory, application.cpuSeconds());
      double took = load.publishEvenly(TOPIC, messages, rate);
      Cpu used = Cpu.now(laboratory, application.cpuSeconds()).since(before);
      Waiting.until(
          "%d messages are visible".formatted(messages),
          Duration.ofSeconds(60),
          Duration.ofMillis(20),
          () -> visibility.seen() >= messages || millis.isDone());
      return new Latency(millis.get(), visibility.seen(), messages / took, used.per(took));
    } finally {
      visibility.stop();
      reader.shutdown();
    }
  }

  /**
   * What one rate gave.
   *
   * @param millis by message
   * @param rows how many messages were seen
   * @param cpu a second's
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Latency(double[] millis, int rows, double sentPerSecond, Cpu cpu) {

    void addTo(Table table, int rate) {
      table.row(
          rate,
          sentPerSecond,
          rows,
          Figures.percentile(millis, 50),
          Figures.percentile(millis, 99),
          Arrays.stream(millis).max().orElse(Double.NaN),
          cpu.own(),
          cpu.database());
    }
  }
}
