package org.mqttintegration.console.history;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.OperationRequest;
import org.mqttintegration.api.Operations;
import org.mqttintegration.console.Answers;
import org.springframework.stereotype.Component;

/** Reads parts of the list, with the gaps in them. */
@Component
class HistoryReader {

  /** Messages of a part. */
  static final int PART = 50;

  private static final int GAPS_AT_ONCE = 200;

  /** A restart makes a gap for each subscription; these are drawn as one line. */
  private static final int MOST_GAPS = 2000;

  /**
   * A message is recorded a while after its timestamp, and one that was sent when its outcome is
   * known: what comes later than this is found when the page is loaded again.
   */
  private static final Duration LATE = Duration.ofSeconds(5);

  private final Operations operations;

  HistoryReader(Operations operations) {
    this.operations = operations;
  }

  /**
   * A part.
   *
   * @param cursor where the part before ended, null for the newest
   * @param above the timestamp of its last message, null when none is known
   */
  HistoryPart part(HistoryFilter filter, @Nullable String cursor, @Nullable Instant above) {
    Map<String, Object> answer =
        operations.ask(filter.request("listHistory").with("limit", PART).with("cursor", cursor));
    return part(filter, rows(answer), (String) answer.get("nextCursor"), above, answer);
  }

  /**
   * The part that follows a message.
   *
   * @param at the message's timestamp
   * @param id its id
   */
  HistoryPart behind(HistoryFilter filter, Instant at, long id) {
    Map<String, Object> answer =
        operations.ask(
            filter
                .with("to", at.plus(1, ChronoUnit.MICROS))
                .request("listHistory")
                .with("limit", PART));
    List<Row> rows =
        rows(answer).stream().filter(row -> row.at().isBefore(at) || row.number() < id).toList();
    return part(filter, rows, (String) answer.get("nextCursor"), at, answer);
  }

  /** The newest messages since an instant, as many as a part has. */
  HistoryPart since(HistoryFilter filter, Instant since) {
    Instant from = since.minus(LATE);
    Instant wanted = filter.instant("from");
    HistoryFilter late =
        filter.with("from", wanted != null && wanted.isAfter(from) ? wanted : from);
    return part(late, null, null);
  }

  private HistoryPart part(
      HistoryFilter filter,
      List<Row> rows,
      @Nullable String next,
      @Nullable Instant above,
      Map<String, Object> answer) {
    Instant last = rows.isEmpty() ? above : rows.get(rows.size() - 1).at();
    Instant below = next == null ? filter.instant("from") : last;
    return new HistoryPart(
        HistoryPart.woven(rows, gaps(filter, below, above)),
        next,
        Boolean.TRUE.equals(answer.get("complete")));
  }

  /** Gaps that are over between two instants, above excluded; or at the top, while they last. */
  private List<GapLine> gaps(
      HistoryFilter filter, @Nullable Instant below, @Nullable Instant above) {
    if (filter.isOfSends()) {
      return List.of();
    }
    OperationRequest request =
        OperationRequest.of("listGaps")
            .with("brokerId", filter.values().get("brokerId"))
            .with("subscriptionId", filter.values().get("subscriptionId"))
            .with("from", below)
            .with("to", above == null ? filter.instant("to") : above)
            .with("size", GAPS_AT_ONCE);
    List<GapLine> gaps = new ArrayList<>();
    long total;
    int page = 0;
    do {
      Map<String, Object> answer = operations.ask(request.with("page", page++));
      total = Answers.number(answer, "total");
      Answers.items(answer).stream()
          .map(GapLine::of)
          .filter(gap -> above == null || gap.to() != null && gap.to().isBefore(above))
          .forEach(gaps::add);
    } while (page * GAPS_AT_ONCE < Math.min(total, MOST_GAPS));
    return gaps;
  }

  static List<Row> rows(Map<String, Object> answer) {
    return Answers.items(answer).stream().map(Row::of).toList();
  }
}
