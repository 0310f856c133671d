package org.mqttintegration.access;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What may be changed of a user.
 *
 * @param displayName how people know the user
 * @param mail where to write to
 * @param role what the user may do; viewer when absent
 * @param readsPayloads whether the user may read payloads; false when absent
 * @param enabled whether the user may sign in; true when absent
 */
record UserChange(
    @Size(max = 255, message = "At most 255 characters.") @Nullable String displayName,
    @Email(message = "A mail address, as in ann@example.org.")
        @Size(max = 254, message = "At most 254 characters.")
        @Nullable String mail,
    @Nullable Role role,
    @Nullable Boolean readsPayloads,
    @Nullable Boolean enabled) {}
