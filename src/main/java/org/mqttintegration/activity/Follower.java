package org.mqttintegration.activity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A follower as everybody may see him.
 *
 * @param id his id
 * @param type how he is told
 * @param target the user's name, the mail address, or the URL
 * @param changes whether he is told of changes of fields
 * @param events of which events he is told
 * @param notes whether he is told of notes
 * @param secretSet whether posts to the URL are signed
 * @param waiting how many entries he is not told of yet
 * @param lastSentAt when a message to him was taken last, null when none was
 * @param lastFailedAt when an attempt failed last, null when none did
 * @param lastError why, null once a message was taken again
 */
record Follower(
    long id,
    FollowerType type,
    String target,
    boolean changes,
    FollowedEvents events,
    boolean notes,
    boolean secretSet,
    long waiting,
    @Nullable Instant lastSentAt,
    @Nullable Instant lastFailedAt,
    @Nullable String lastError) {

  FollowerRequest asRequest() {
    return new FollowerRequest(type, target, changes, events, notes, null);
  }
}
