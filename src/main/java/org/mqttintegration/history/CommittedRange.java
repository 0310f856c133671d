package org.mqttintegration.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Commits that follow each other, whose messages have ids that follow each other too. */
final class CommittedRange {

  private final List<Run> runs = new ArrayList<>();

  private CommittedRange(Run first) {
    runs.add(first);
  }

  /** The ids that one transaction stored, or a run of them. */
  record Run(
      long position, long firstId, long lastId, Instant firstTimestamp, Instant lastTimestamp) {

    static Run of(ResultSet row, int number) throws SQLException {
      return new Run(
          row.getLong("position"),
          row.getLong("first_id"),
          row.getLong("last_id"),
          row.getObject("first_timestamp", OffsetDateTime.class).toInstant(),
          row.getObject("last_timestamp", OffsetDateTime.class).toInstant());
    }
  }

  /** As few ranges as there can be. */
  static List<CommittedRange> of(List<Run> runs) {
    List<CommittedRange> ranges = new ArrayList<>();
    for (Run run : runs) {
      CommittedRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (last != null && last.lastId() + 1 == run.firstId()) {
        last.runs.add(run);
      } else {
        ranges.add(new CommittedRange(run));
      }
    }
    return ranges;
  }

  long firstId() {
    return runs.get(0).firstId();
  }

  long lastId() {
    return runs.get(runs.size() - 1).lastId();
  }

  Instant firstTimestamp() {
    return runs.stream().map(Run::firstTimestamp).min(Instant::compareTo).orElseThrow();
  }

  Instant lastTimestamp() {
    return runs.stream().map(Run::lastTimestamp).max(Instant::compareTo).orElseThrow();
  }

  /** The place behind all of it. */
  FeedPosition end() {
    return behind(lastId());
  }

  /** The place behind one of its ids. */
  FeedPosition behind(long id) {
    int low = 0;
    int high = runs.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (runs.get(middle).lastId() < id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return new FeedPosition(runs.get(low).position(), id);
  }
}
