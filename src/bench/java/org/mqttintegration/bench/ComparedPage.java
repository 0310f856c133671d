package org.mqttintegration.bench;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One page of two histories, asked for in turn, so that whatever else the machine does hits both.
 *
 * @param name what it is
 * @param small of the small history
 * @param large of the large one
 */
record ComparedPage(String name, Side small, Side large) {

  /** What a page may take more, and counts as equally fast. */
  static final double AS_FAST = 1.5;

  static final double AS_FAST_MILLIS = 5;

  /** A slow page is asked for fewer times. */
  private static final long LIMIT_NANOS = 40_000_000_000L;

  private static final int BEFORE = 2;

  /**
   * What it was of one history.
   *
   * @param rows how many messages it has
   * @param first milliseconds when it was asked for first
   * @param millis the median afterwards; infinite when it was not answered
   * @param fastest the shortest, which what else the machine does changes least
   * @param databaseCpu milliseconds of PostgreSQL's CPU, the mean
   */
  record Side(int rows, double first, double millis, double fastest, double databaseCpu) {

    private static final Side NEVER =
        new Side(0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN);
  }

  /** Asks one history for a page, and notes how long it takes. */
  private static final class Asking {

    private final Laboratory laboratory;
    private final PageReader reader;
    private final String path;
    private final List<Double> millis = new ArrayList<>();
    private int rows;
    private double cpu;

    Asking(Laboratory laboratory, PageReader reader, String path) {
      this.laboratory = laboratory;
      this.reader = reader;
      this.path = path;
    }

    double ask() {
      long begin = System.nanoTime();
      rows = reader.ask(path);
      return (System.nanoTime() - begin) / 1e6;
    }

    void note() {
      double before = laboratory.postgres().cpuSeconds();
      millis.add(ask());
      cpu += laboratory.postgres().cpuSeconds() - before;
    }

    Side side(double first) {
      return new Side(
          rows, first, Figures.median(millis), Collections.min(millis), cpu * 1e3 / millis.size());
    }
  }

  /** Asks for it. A page that fails is a figure too. */
  static ComparedPage measure(
      Laboratory laboratory,
      String name,
      PageReader small,
      String smallPath,
      PageReader large,
      String largePath,
      int repeats) {
    try {
      return answered(
          name,
          new Asking(laboratory, small, smallPath),
          new Asking(laboratory, large, largePath),
          repeats);
    } catch (UncheckedIOException | AssertionError e) {
      laboratory.say("growth: %s failed: %s", name, e.getMessage());
      return new ComparedPage(name, Side.NEVER, Side.NEVER);
    }
  }

  private static ComparedPage answered(String name, Asking small, Asking large, int repeats) {
    double smallFirst = small.ask();
    double largeFirst = large.ask();
    for (int i = 0; i < BEFORE; i++) {
      small.ask();
      large.ask();
    }
    long begin = System.nanoTime();
    for (int i = 0; i < repeats && System.nanoTime() - begin < LIMIT_NANOS; i++) {
      // who is asked first changes
      (i % 2 == 0 ? small : large).note();
      (i % 2 == 0 ? large : small).note();
    }
    return new ComparedPage(name, small.side(smallFirst), large.side(largeFirst));
  }

  double ratio() {
    return large.millis / small.millis;
  }

  boolean isAsFast() {
    return ratio() <= AS_FAST || large.millis - small.millis <= AS_FAST_MILLIS;
  }

  void addTo(Table table) {
    table.row(
        name,
        small.rows,
        large.rows,
        small.millis,
        large.millis,
        ratio(),
        small.fastest,
        large.fastest,
        small.databaseCpu,
        large.databaseCpu,
        small.first,
        large.first);
  }
}
