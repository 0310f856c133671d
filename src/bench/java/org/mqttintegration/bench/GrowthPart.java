package org.mqttintegration.bench;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Whether a history that is a hundred times as long is as fast. */
final class GrowthPart implements Part {

  static final String NAME = "growth";

  private static final int TIMES = 100;

  /** Of a row with its indexes and all else, generously. */
  private static final long BYTES_OF_ROW = 520;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Section measure(Laboratory laboratory) throws Exception {
    Settings settings = laboratory.settings();
    int rows = settings.number("growth.rows", 100_000_000);
    int days = settings.number("growth.days", 100);
    requireSpace(laboratory, rows);
    GrownHistory small = GrownHistory.make(laboratory, "grown_small", rows / TIMES, days);
    GrownHistory large = GrownHistory.make(laboratory, "grown_large", rows, days);
    laboratory.postgres().settle();
    List<GrownHistory> both = List.of(small, large);
    String sizes = small.size() + " and " + large.size();
    List<List<ComparedStart>> starts =
        starts(laboratory, both, settings.number("growth.starts", 5));
    int repeats = settings.number("growth.repeats", 30);
    ComparedPages pages = ComparedPages.measure(laboratory, small, large, repeats);
    List<ComparedRetention> retentions = new ArrayList<>();
    for (GrownHistory history : both) {
      retentions.add(ComparedRetention.measure(laboratory, history, GrowthReport.REMOVED_DAYS));
      laboratory.say("growth: %s", retentions.get(retentions.size() - 1));
    }
    GrowthReport report = new GrowthReport(both, sizes, repeats, starts, pages, retentions);
    return new Section("A history that grows", report.text(), report.aims());
  }

  private static void requireSpace(Laboratory laboratory, int rows) throws Exception {
    long needed = rows * BYTES_OF_ROW + (8L << 30);
    long free = Files.getFileStore(laboratory.directory()).getUsableSpace();
    if (free < needed) {
      throw new IllegalStateException(
          "%d rows need about %d GB below target, and %d GB are free"
              .formatted(rows, needed >> 30, free >> 30));
    }
  }

  /** In turn; the first one of each does not count. */
  private static List<List<ComparedStart>> starts(
      Laboratory laboratory, List<GrownHistory> histories, int count) throws Exception {
    List<List<ComparedStart>> starts = List.of(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i <= count; i++) {
      for (int of = 0; of < histories.size(); of++) {
        ComparedStart start = ComparedStart.measure(laboratory, histories.get(of).database());
        laboratory.say("growth: %d rows: %s", histories.get(of).rows(), start);
        if (i > 0) {
          starts.get(of).add(start);
        }
      }
    }
    return starts;
  }
}
