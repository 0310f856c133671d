package org.mqttintegration.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * One start of the application with subscriptions that it knows already.
 *
 * @param cpuSeconds its own, until all are subscribed
 * @param threads how many it has then
 * @param residentMegabytes after a full garbage collection
 * @param heapMegabytes live objects
 */
record Start(
    double readySeconds,
    double subscribedSeconds,
    double cpuSeconds,
    double threads,
    double residentMegabytes,
    double heapMegabytes) {

  private static final int PAGE = 200;

  static Start measure(Laboratory laboratory, Database database, int subscriptions)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (Application application = Application.start(laboratory, database)) {
      awaitSubscribed(application, subscriptions);
      double subscribed = (System.nanoTime() - begin) / 1e9;
      double cpu = application.cpuSeconds();
      long pid = application.process().pid();
      double heap = ProcessFacts.liveHeapMegabytes(pid);
      return new Start(
          application.readySeconds(),
          subscribed,
          cpu,
          ProcessFacts.threads(pid),
          ProcessFacts.residentMegabytes(pid),
          heap);
    }
  }

  /** The median of each figure. */
  static Start median(List<Start> starts) {
    return new Start(
        Figures.median(starts, Start::readySeconds),
        Figures.median(starts, Start::subscribedSeconds),
        Figures.median(starts, Start::cpuSeconds),
        Figures.median(starts, Start::threads),
        Figures.median(starts, Start::residentMegabytes),
        Figures.median(starts, Start::heapMegabytes));
  }

  /** Goes through the pages once, and stays on one until all of it are subscribed. */
  private static void awaitSubscribed(Application application, int subscriptions)
      throws InterruptedException {
    for (int page = 0; page * PAGE < subscriptions; page++) {
      String path = "/subscriptions?sort=id&size=%d&page=%d".formatted(PAGE, page);
      Waiting.until(
          "all are subscribed",
          Duration.ofMinutes(2),
          Duration.ofMillis(20),
          () -> allSubscribed(application.api().get(path).expect(200).json().path("items")));
    }
  }

  private static boolean allSubscribed(JsonNode items) {
    for (JsonNode item : items) {
      if (!Application.subscribed(item)) {
        return false;
      }
    }
    return true;
  }
}
