package org.mqttintegration.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a place in the history.
 *
 * @param messages how many messages of all kinds, sent ones too
 * @param oldest when the first of them was received or sent, about; null when there is none
 */
public record FeedLag(long messages, @Nullable Instant oldest) {}
