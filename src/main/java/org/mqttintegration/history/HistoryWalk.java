package org.mqttintegration.history;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.SqlState;

/**
 * Goes through all that a query asks for, newest first, in steps that are each a short query of
 * their own: none holds a transaction, and none looks at more time than the database manages in a
 * few seconds, however little the filters let through.
 */
final class HistoryWalk {

  private static final int PAGE = 2000;
  private static final String QUERY_CANCELLED = "57014"; // what statement_timeout does
  private static final Duration FIRST_STEP = Duration.ofHours(1);
  private static final Duration SHORTEST_STEP = Duration.ofMinutes(1);
  private static final Duration LONGEST_STEP = Duration.ofDays(3650);
  private static final Duration FAST = Duration.ofSeconds(1);
  private static final Duration SLOW = Duration.ofSeconds(10);

  private final HistoryQueries queries;
  private final HistoryQuery query;
  private final @Nullable Instant begin;
  private Instant end;
  private Duration step = FIRST_STEP;
  private @Nullable HistoryCursor behind;

  HistoryWalk(HistoryQueries queries, HistoryQuery query) {
    this.queries = queries;
    this.query = query;
    HistorySpan span = queries.span().orElse(null);
    this.begin = span == null ? null : latest(span.first(), query.from());
    this.end = span == null ? Instant.EPOCH : earliest(span.last(), query.to());
  }

  private static Instant latest(Instant first, @Nullable Instant from) {
    return from != null && from.isAfter(first) ? from : first;
  }

  /** Exclusive, as {@code to} is. */
  private static Instant earliest(Instant last, @Nullable Instant to) {
    Instant behindLast = last.plus(1, ChronoUnit.MICROS);
    return to != null && to.isBefore(behindLast) ? to : behindLast;
  }

  /** All that is newer was gone through. */
  Instant reached() {
    return behind == null ? end : behind.timestamp();
  }

  boolean isOver() {
    return begin == null || behind == null && !end.isAfter(begin);
  }

  /** The messages of the next step, which may be none. */
  List<HistoryItem> next() {
    Instant from = latest(end.minus(step), begin);
    long asked = System.nanoTime();
    HistoryPage page;
    try {
      page = queries.read(query.part(from, end, behind, PAGE));
    } catch (RuntimeException e) {
      if (QUERY_CANCELLED.equals(SqlState.of(e)) && step.compareTo(SHORTEST_STEP) > 0) {
        step = step.dividedBy(4);
        return List.of();
      }
      throw e;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - asked);
    if (page.nextCursor() != null) {
      behind = HistoryCursor.decode(page.nextCursor());
    } else {
      behind = null;
      end = from;
      adapt(took);
    }
    return page.items();
  }

  private void adapt(Duration took) {
    if (took.compareTo(FAST) < 0 && step.compareTo(LONGEST_STEP) < 0) {
      step = step.multipliedBy(4);
    } else if (took.compareTo(SLOW) > 0 && step.compareTo(SHORTEST_STEP) > 0) {
      step = step.dividedBy(4);
    }
  }
}
