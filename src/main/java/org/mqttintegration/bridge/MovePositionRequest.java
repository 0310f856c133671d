package org.mqttintegration.bridge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a durable route goes on: one of both.
 *
 * @param historyId with that history entry, or the first after it
 * @param time with the first message that was received or sent then or later
 */
record MovePositionRequest(@Nullable Long historyId, @Nullable Instant time) {}
