package org.mqttintegration.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user as administrators see it.
 *
 * @param id its id
 * @param name the login name
 * @param displayName how people know the user
 * @param mail where to write to
 * @param role what the user may do
 * @param readsPayloads whether the user may read payloads
 * @param enabled whether the user may sign in
 * @param hasPassword whether the user signs in with a password of ours
 * @param mustChangePassword whether the user must change it first
 * @param identityProvider the OpenID Connect issuer where the user signs in, null for a password
 * @param lastSignInAt when the user was seen to sign in last, null when that is not known
 * @param lockedUntil until when passwords are not looked at, null when they are
 * @param createdAt when the user was made
 * @param updatedAt when the user was changed last
 */
record User(
    long id,
    String name,
    @Nullable String displayName,
    @Nullable String mail,
    Role role,
    boolean readsPayloads,
    boolean enabled,
    boolean hasPassword,
    boolean mustChangePassword,
    @Nullable String identityProvider,
    @Nullable Instant lastSignInAt,
    @Nullable Instant lockedUntil,
    Instant createdAt,
    Instant updatedAt) {

  static User of(UserEntity row) {
    return new User(
        row.id(),
        row.name,
        row.displayName,
        row.mail,
        row.role,
        row.readsPayloads,
        row.enabled,
        row.passwordHash != null,
        row.mustChangePassword,
        row.issuer,
        row.lastSignInAt(),
        row.lockedUntil,
        row.createdAt,
        row.updatedAt);
  }
}
