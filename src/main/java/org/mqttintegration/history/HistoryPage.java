package org.mqttintegration.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page, newest first.
 *
 * @param items the messages; fewer than the limit when their payloads are large
 * @param nextCursor the {@code cursor} of the next page, null on the last
 * @param complete whether no message that was received is known to be absent from what was asked
 *     for
 */
record HistoryPage(List<HistoryItem> items, @Nullable String nextCursor, boolean complete) {

  /** The same, with what is known of its completeness. */
  HistoryPage told(boolean known) {
    return new HistoryPage(items, nextCursor, known);
  }
}
