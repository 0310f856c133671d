package org.mqttintegration.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page, newest first.
 *
 * @param items the messages; fewer than the limit when their payloads are large
 * @param nextCursor the {@code cursor} of the next page, null on the last
 */
record HistoryPage(List<HistoryItem> items, @Nullable String nextCursor) {}
