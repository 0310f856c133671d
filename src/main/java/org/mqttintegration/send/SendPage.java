package org.mqttintegration.send;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of sends, newest first.
 *
 * @param items the sends
 * @param nextCursor the {@code cursor} of the next page, null on the last
 */
record SendPage(List<Send> items, @Nullable String nextCursor) {}
