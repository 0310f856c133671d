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
 * @param tokenId the token of ours that was signed in with, null for what else it was
 * @param identityProvider the OpenID Connect issuer where the user signs in, null for a password
 */
record OwnAccount(
    long id,
    String name,
    @Nullable String displayName,
    @Nullable String mail,
    Role role,
    boolean readsPayloads,
    boolean mustChangePassword,
    @Nullable Long tokenId,
    @Nullable String identityProvider) {}
