package org.mqttintegration.activity;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns floods of events into a few: of those of a record and group the first are told as they
 * come, and then, once in an interval, how many came. Not for threads.
 */
final class EventWindows {

  private final Duration interval;
  private final int limit;
  private final Map<Key, Window> windows = new LinkedHashMap<>();

  /**
   * None is open yet.
   *
   * @param limit of how many records and groups floods are known at once; above, events are told as
   *     they come
   */
  EventWindows(Duration interval, int limit) {
    this.interval = interval;
    this.limit = limit;
  }

  private record Key(RecordKind kind, String id, String group) {}

  private static final class Window {
    private Instant ends;
    private int told;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private @Nullable RecordEvent last;
    private @Nullable Instant since;

    private Window(Instant ends) {
      this.ends = ends;
    }
  }

  /** Whether an event is to be told now; if not, it is counted. */
  boolean isTold(RecordEvent event, Instant now) {
    Key key = new Key(event.record().kind(), event.record().id(), event.group());
    Window window = windows.get(key);
    if (window == null) {
      if (windows.size() >= limit) {
        return true;
      }
      window = new Window(now.plus(interval));
      windows.put(key, window);
    }
    if (window.told < event.burst()) {
      window.told++;
      return true;
    }
    window.counts.merge(event.event(), 1, Integer::sum);
    window.last = event;
    window.since = window.since == null ? event.at() : window.since;
    return false;
  }

  /** What was counted in the intervals that are over, each group as one event. */
  List<RecordEvent> over(Instant now) {
    List<RecordEvent> counted = new ArrayList<>();
    for (Iterator<Window> all = windows.values().iterator(); all.hasNext(); ) {
      Window window = all.next();
      if (window.ends.isAfter(now)) {
        continue;
      }
      if (window.last == null) {
        all.remove();
      } else {
        counted.add(counted(window, window.last));
        window.counts.clear();
        window.last = null;
        window.since = null;
        window.ends = now.plus(interval);
      }
    }
    return counted;
  }

  /** All that was counted, now. */
  List<RecordEvent> all() {
    return over(Instant.MAX.minus(interval));
  }

  private static RecordEvent counted(Window window, RecordEvent last) {
    String counts =
        window.counts.entrySet().stream()
            .map(entry -> "%,d × %s".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(", "));
    Instant since = window.since == null ? last.at() : window.since;
    String told =
        "%s since %s; the last: %s"
            .formatted(
                counts,
                since.truncatedTo(ChronoUnit.SECONDS),
                last.text() == null ? last.event() : last.text());
    return last.withText(told);
  }
}
