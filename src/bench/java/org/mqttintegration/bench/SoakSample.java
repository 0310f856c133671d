package org.mqttintegration.bench;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How the application stands at one moment.
 *
 * @param recorded messages stored, a second since the sample before
 * @param lagMillis from receiving a message to its commit, the mean since then
 * @param ownCpu CPU seconds of the application, a second
 * @param heapMegabytes live objects, after a full garbage collection
 * @param residentMegabytes of the process
 * @param threads how many it has
 * @param files open files, all of them
 * @param sockets those of them that are sockets
 * @param connections to the database
 * @param waitingSends sends without an outcome
 * @param routeLag messages behind the durable route's position
 */
record SoakSample(
    double recorded,
    double lagMillis,
    double ownCpu,
    double heapMegabytes,
    double residentMegabytes,
    double threads,
    double files,
    double sockets,
    double connections,
    double waitingSends,
    double routeLag) {

  /** What counts up. */
  record Totals(long nanos, double recorded, double lagSum, double lagCount, double cpu) {

    static Totals of(Application application) {
      String metrics = metrics(application);
      return new Totals(
          System.nanoTime(),
          sum(metrics, "mqtt_history_recorded_total"),
          sum(metrics, "mqtt_history_commit_lag_seconds_sum"),
          sum(metrics, "mqtt_history_commit_lag_seconds_count"),
          application.cpuSeconds());
    }
  }

  static SoakSample of(Application application, Totals before, Totals now) throws Exception {
    double seconds = (now.nanos - before.nanos) / 1e9;
    String metrics = metrics(application);
    long pid = application.process().pid();
    double files = ProcessFacts.files(pid, "");
    double sockets = ProcessFacts.files(pid, "socket:");
    return new SoakSample(
        (now.recorded - before.recorded) / seconds,
        (now.lagSum - before.lagSum) / (now.lagCount - before.lagCount) * 1e3,
        (now.cpu - before.cpu) / seconds,
        ProcessFacts.liveHeapMegabytes(pid),
        ProcessFacts.residentMegabytes(pid),
        ProcessFacts.threads(pid),
        files,
        sockets,
        connections(application),
        sum(metrics, "mqtt_sends_waiting"),
        sum(metrics, "mqtt_route_lag"));
  }

  /** But for the one that asks. */
  private static double connections(Application application) throws Exception {
    return application
        .database()
        .count(
            "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
  }

  private static String metrics(Application application) {
    return application.api().get("//actuator/prometheus").expect(200).text();
  }

  private static double sum(String metrics, String name) {
    return Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)")
        .matcher(metrics)
        .results()
        .map(MatchResult::group)
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
