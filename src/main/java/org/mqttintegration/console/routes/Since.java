package org.mqttintegration.console.routes;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.mqttintegration.problem.ProblemException;

/** How far back one looks. */
final class Since {

  private Since() {}

  /**
   * The instant so long ago, as in {@code PT1H}.
   *
   * @throws ProblemException when it is no duration
   */
  static Instant of(String duration) {
    try {
      return Instant.now().minus(Duration.parse(duration));
    } catch (DateTimeParseException | ArithmeticException e) {
      throw ProblemException.invalid("since", "A duration, as in PT1H.");
    }
  }
}
