package org.mqttintegration.access;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Too many sign-ins failed; nothing was checked. */
public final class LockedOutException extends AuthenticationException {

  private static final long serialVersionUID = 1L;

  private final Duration remaining;

  LockedOutException(Duration remaining) {
    super("Too many sign-ins failed");
    this.remaining = remaining;
  }

  /** How long it lasts. */
  public Duration remaining() {
    return remaining;
  }
}
