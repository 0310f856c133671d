package org.mqttintegration.routefile;

import java.util.Optional;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Component;

/** The secrets that have a name of their own, for those that take a value by it. */
@Component
public class NamedSecrets {

  private final RouteSecrets secrets;

  NamedSecrets(RouteSecrets secrets) {
    this.secrets = secrets;
  }

  /**
   * The value of a secret: the one that was given over REST, else the content of the file of that
   * name.
   *
   * @throws ProblemException when it is there, and cannot be read
   */
  public Optional<String> find(String name) {
    if (!secrets.has(name)) {
      return Optional.empty();
    }
    try {
      return Optional.of(secrets.apply(name));
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("", String.valueOf(e.getMessage()));
    }
  }
}
