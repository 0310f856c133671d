package org.mqttintegration.bridge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of dead letters, oldest first.
 *
 * @param items the dead letters
 * @param total how many there are on all pages
 * @param nextCursor the {@code cursor} of the next page, null on the last
 */
record DeadLetterPage(List<DeadLetter> items, long total, @Nullable String nextCursor) {}
