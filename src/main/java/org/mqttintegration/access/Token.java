package org.mqttintegration.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An API token, without itself.
 *
 * @param id its id
 * @param name what its owner calls it
 * @param prefix its first characters
 * @param role what it may do at most
 * @param readsPayloads whether it may read payloads, if its owner may
 * @param createdAt when it was made
 * @param expiresAt when it ends
 * @param lastUsedAt when it was used last, to the minute; null when never
 */
record Token(
    long id,
    String name,
    String prefix,
    Role role,
    boolean readsPayloads,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant lastUsedAt) {}
