package org.mqttintegration.console.history;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mqttintegration.api.Operations;
import org.springframework.stereotype.Component;

/** Finds the message before and after another in a list. REST goes from new to old only. */
@Component
class Neighbours {

  private static final int FEW = 20;
  private static final int GROWTH = 8;
  private static final Duration FIRST = Duration.ofSeconds(1);

  private final Operations operations;

  Neighbours(Operations operations) {
    this.operations = operations;
  }

  /** The next older message; of those at the same instant, the one with the next lower id. */
  Optional<Row> older(HistoryFilter filter, Row row) {
    return page(filter.with("to", row.at().plus(1, ChronoUnit.MICROS))).rows().stream()
        .filter(other -> isBefore(other, row))
        .findFirst();
  }

  /**
   * The next newer one. Looks at the time behind the row, at more and more of it until something is
   * there, then at less and less until it is little enough to be read.
   */
  Optional<Row> newer(HistoryFilter filter, Row row, Instant now) {
    Duration empty = Duration.ZERO;
    Duration window = FIRST;
    Duration all = Duration.between(row.at(), now).plusSeconds(1);
    while (true) {
      Page page = page(filter, row, window);
      List<Row> newer = page.rows().stream().filter(other -> isBefore(row, other)).toList();
      Duration middle = empty.plus(window).dividedBy(2);
      if (page.more() && middle.compareTo(empty) > 0 && middle.compareTo(window) < 0) {
        window = middle;
      } else if (!newer.isEmpty()) {
        return Optional.of(newer.get(newer.size() - 1));
      } else if (window.compareTo(all) >= 0) {
        return Optional.empty();
      } else {
        empty = window;
        window = window.multipliedBy(GROWTH);
      }
    }
  }

  private Page page(HistoryFilter filter, Row row, Duration window) {
    return page(filter.with("from", row.at()).with("to", row.at().plus(window)));
  }

  private Page page(HistoryFilter filter) {
    Map<String, Object> answer = operations.ask(filter.request("listHistory").with("limit", FEW));
    return new Page(HistoryReader.rows(answer), answer.get("nextCursor") != null);
  }

  private static boolean isBefore(Row one, Row other) {
    int compared = one.at().compareTo(other.at());
    return compared < 0 || compared == 0 && one.number() < other.number();
  }

  private record Page(List<Row> rows, boolean more) {}
}
