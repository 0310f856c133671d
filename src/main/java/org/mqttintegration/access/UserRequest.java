package org.mqttintegration.access;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.resource.WriteOnly;

/**
 * What a new user shall be.
 *
 * @param name the login name, which stays
 * @param password the first password
 * @param mustChangePassword whether the user must change it first; true when absent
 * @param displayName how people know the user
 * @param mail where to write to
 * @param role what the user may do; viewer when absent
 * @param readsPayloads whether the user may read payloads; false when absent
 * @param enabled whether the user may sign in; true when absent
 */
record UserRequest(
    @NotNull(message = NAME) @Pattern(regexp = UserName.PATTERN, message = NAME)
        @Nullable String name,
    @Nullable WriteOnly password,
    @Nullable Boolean mustChangePassword,
    @Nullable String displayName,
    @Nullable String mail,
    @Nullable Role role,
    @Nullable Boolean readsPayloads,
    @Nullable Boolean enabled) {

  private static final String NAME =
      "Up to 64 of a to z, 0 to 9 and ._@+-, beginning with a letter or digit.";

  /** What of it may be changed later. */
  UserChange change() {
    return new UserChange(displayName, mail, role, readsPayloads, enabled);
  }

  String validName() {
    return Objects.requireNonNull(name);
  }
}
