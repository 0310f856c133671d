package org.mqttintegration.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whom an issuer's claims are about, and what they mean here.
 *
 * @param issuer who says it
 * @param subject its name for them, which stays
 * @param name the login name that an account would get
 * @param displayName how people know them, null when the claims do not say
 * @param mail where to write to, null when the claims do not say
 * @param role what they may do
 * @param readsPayloads whether they may read payloads
 * @param issuedAt when it was said
 */
record OidcIdentity(
    String issuer,
    String subject,
    String name,
    @Nullable String displayName,
    @Nullable String mail,
    Role role,
    boolean readsPayloads,
    Instant issuedAt) {}
