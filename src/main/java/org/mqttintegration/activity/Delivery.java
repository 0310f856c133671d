package org.mqttintegration.activity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A message to a follower.
 *
 * @param id its id
 * @param messageId by which receivers can tell that it is the same again
 * @param attempts how often it was tried, this attempt counted
 * @param expiresAt when it is not tried any more
 * @param entries what it tells, oldest first
 */
record Delivery(
    long id,
    UUID messageId,
    long followerId,
    FollowerType type,
    String target,
    int attempts,
    Instant expiresAt,
    List<AuditEntry> entries) {}
