package org.mqttintegration.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message's whole way, as far as it is known.
 *
 * @param historyId the message
 * @param direction whether it was received or sent
 * @param routeStepsSince from when on steps of routes are kept, null when none are
 * @param steps what happened to it, in the order of time
 */
record Journey(
    long historyId,
    Direction direction,
    @Nullable Instant routeStepsSince,
    List<JourneyStep> steps) {}
