package org.mqttintegration.access;

import org.jspecify.annotations.Nullable;

/**
 * Who is signed in, and what this sign-in may do.
 *
 * @param id the account's id
 * @param name its login name
 * @param displayName how people know the user
 * @param mail where to write to
 * @param role what this sign-in may do
 * @param readsPayloads whether it may read payloads
 * @param mustChangePassword whether it may do nothing before the password is changed
 * @param tokenId the token that was signed in with, null for a password
 */
record OwnAccount(
    long id,
    String name,
    @Nullable String displayName,
    @Nullable String mail,
    Role role,
    boolean readsPayloads,
    boolean mustChangePassword,
    @Nullable Long tokenId) {}
