package org.mqttintegration.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.mqttintegration.testing.RestApi;

/**
 * One page of the history, asked for several times.
 *
 * @param name what it is
 * @param rows how many rows it has
 * @param millis the median; infinite when it was not answered
 * @param longest the longest
 * @param ownCpu milliseconds of the application's CPU, each time
 * @param databaseCpu PostgreSQL's
 */
record Page(
    String name, int rows, double millis, double longest, double ownCpu, double databaseCpu) {

  /** A slow page is asked for fewer times. */
  private static final long LIMIT_NANOS = 30_000_000_000L;

  /**
   * Asks for it, as that does which tells how many rows it has; a page that fails is a figure too.
   */
  static Page measure(
      Laboratory laboratory, Application application, String name, IntSupplier ask, int repeats) {
    try {
      return answered(laboratory, application, name, ask, repeats);
    } catch (UncheckedIOException | AssertionError e) {
      laboratory.say("pages: %s failed: %s", name, e.getMessage());
      double never = Double.POSITIVE_INFINITY;
      return new Page(name, 0, never, never, Double.NaN, Double.NaN);
    }
  }

  private static Page answered(
      Laboratory laboratory, Application application, String name, IntSupplier ask, int repeats) {
    int rows = ask.getAsInt(); // once before it counts
    List<Double> millis = new ArrayList<>();
    Cpu before = Cpu.now(laboratory, application.cpuSeconds());
    long begin = System.nanoTime();
    while (millis.size() < repeats && System.nanoTime() - begin < LIMIT_NANOS) {
      long asked = System.nanoTime();
      rows = ask.getAsInt();
      millis.add((System.nanoTime() - asked) / 1e6);
    }
    Cpu used = Cpu.now(laboratory, application.cpuSeconds()).since(before);
    // seconds of a thousand times are milliseconds of one
    Cpu each = used.per(millis.size() / 1e3);
    return new Page(
        name,
        rows,
        Figures.median(millis),
        Figures.percentile(millis.stream().mapToDouble(Double::doubleValue).toArray(), 100),
        each.own(),
        each.database());
  }

  static JsonNode get(RestApi api, String path) {
    return api.get(path).expect(200).json();
  }
}
