package org.mqttintegration.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pages of two histories.
 *
 * @param alike those that read about as many messages of both
 * @param ofTimes those that read as many as there were in a time
 */
record ComparedPages(List<ComparedPage> alike, List<ComparedPage> ofTimes) {

  private static final int WARM_UP = 200;

  /** Two applications, warm, one for each history. */
  private record Readers(Laboratory laboratory, PageReader small, PageReader large, int repeats) {

    void warmUp(Map<String, String> paths) {
      List<String> warm = List.of(paths.get("first"), paths.get("console: history"));
      for (int i = 0; i < WARM_UP; i++) {
        warm.forEach(small::ask);
        warm.forEach(large::ask);
      }
    }

    List<ComparedPage> compare(Map<String, String> smallPaths, Map<String, String> largePaths) {
      List<ComparedPage> pages = new ArrayList<>();
      smallPaths.forEach(
          (name, path) -> {
            pages.add(
                ComparedPage.measure(
                    laboratory, name, small, path, large, largePaths.get(name), repeats));
            laboratory.say("growth: %s", pages.get(pages.size() - 1));
          });
      return pages;
    }
  }

  static ComparedPages measure(
      Laboratory laboratory, GrownHistory small, GrownHistory large, int repeats) throws Exception {
    try (Application first = Application.start(laboratory, small.database());
        Application second = Application.start(laboratory, large.database())) {
      Readers readers =
          new Readers(laboratory, PageReader.signedIn(first), PageReader.signedIn(second), repeats);
      Map<String, String> paths = small.pages(first);
      readers.warmUp(paths);
      return new ComparedPages(
          readers.compare(paths, large.pages(second)),
          readers.compare(small.pagesOfTimes(), large.pagesOfTimes()));
    }
  }
}
