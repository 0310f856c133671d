package org.mqttintegration.activity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of activities, the first to be done first.
 *
 * @param nextCursor the {@code cursor} of the next page, null on the last
 */
record ActivityPage(List<Activity> items, @Nullable String nextCursor) {}
