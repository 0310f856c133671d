package org.mqttintegration.bridge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of dead letters, oldest first.
 *
 * @param items the dead letters
 * @param nextCursor the {@code cursor} of the next page, null on the last
 */
record DeadLetterPage(List<DeadLetter> items, @Nullable String nextCursor) {}
