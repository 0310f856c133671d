package org.mqttintegration.console.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A part of the list.
 *
 * @param lines messages and gaps, newest first
 * @param nextCursor where the next part begins, null at the end
 * @param complete whether nothing is known to be absent
 */
record HistoryPart(List<Line> lines, @Nullable String nextCursor, boolean complete) {

  static final HistoryPart NONE = new HistoryPart(List.of(), null, true);

  /** Puts gaps in between messages, each where it is over. */
  static List<Line> woven(List<Row> rows, List<GapLine> gaps) {
    List<Line> lines = new ArrayList<>();
    Stream.concat(gaps.stream(), rows.stream())
        .sorted(Comparator.comparingLong(Line::order).reversed()) // stable: rows keep their order
        .forEach(line -> add(line, lines));
    return lines;
  }

  private static void add(Line line, List<Line> lines) {
    int last = lines.size() - 1;
    if (line instanceof GapLine gap
        && last >= 0
        && lines.get(last) instanceof GapLine before
        && before.isLike(gap)) {
      lines.set(last, before.and(gap));
    } else {
      lines.add(line);
    }
  }

  /** Whether payloads are withheld from whoever looks. */
  public boolean withheld() {
    return lines.stream().anyMatch(line -> line instanceof Row row && row.withheld());
  }

  public boolean empty() {
    return lines.isEmpty();
  }

  /** The timestamp of its last message, null without one. */
  public @Nullable Instant reached() {
    Instant reached = null;
    for (Line line : lines) {
      reached = line instanceof Row row ? row.at() : reached;
    }
    return reached;
  }
}
