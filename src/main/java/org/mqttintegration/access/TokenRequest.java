package org.mqttintegration.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a token shall be.
 *
 * @param name what its owner calls it
 * @param role what it may do at most; the owner's when absent
 * @param readsPayloads whether it may read payloads; false when absent
 * @param expiresAt when it ends; after the lifetime of the settings when absent
 */
record TokenRequest(
    @Nullable String name,
    @Nullable Role role,
    @Nullable Boolean readsPayloads,
    @Nullable Instant expiresAt) {}
