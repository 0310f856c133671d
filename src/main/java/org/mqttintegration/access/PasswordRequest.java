package org.mqttintegration.access;

import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.WriteOnly;

/**
 * A new password.
 *
 * @param current the password so far; only of the own account
 * @param password the new one
 * @param mustChangePassword whether the user must change it first; true when absent, only of others
 */
record PasswordRequest(
    @Nullable WriteOnly current,
    @Nullable WriteOnly password,
    @Nullable Boolean mustChangePassword) {}
