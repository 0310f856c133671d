package org.mqttintegration.access;

import java.util.regex.Pattern;

/** Login names. */
final class UserName {

  static final String PATTERN = "[a-z0-9][a-z0-9._@+-]{0,63}";

  private static final Pattern VALID = Pattern.compile(PATTERN);

  private UserName() {}

  /** Whether an account can have it; {@code system} is the application's own. */
  static boolean isValid(String name) {
    return VALID.matcher(name).matches() && !name.equals(Actor.SYSTEM.name());
  }
}
