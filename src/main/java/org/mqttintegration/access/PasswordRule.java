package org.mqttintegration.access;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.resource.WriteOnly;

/** What a password must be. Long is what counts, so nothing is asked of its characters. */
final class PasswordRule {

  static final int SHORTEST = 12;
  static final int LONGEST = 128;

  private PasswordRule() {}

  /** What is wrong with a new password, nothing when all is well. */
  static List<FieldError> faults(String name, @Nullable WriteOnly given) {
    String password = given == null ? null : given.value();
    List<FieldError> faults = new ArrayList<>();
    if (password == null || password.length() < SHORTEST || password.length() > LONGEST) {
      faults.add(
          new FieldError(
              "password", "A password has %d to %d characters.".formatted(SHORTEST, LONGEST)));
    } else if (password.equalsIgnoreCase(name)) {
      faults.add(new FieldError("password", "A password is not the user's name."));
    }
    return faults;
  }
}
