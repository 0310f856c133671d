package org.mqttintegration.api;

import org.mqttintegration.problem.ProblemException;
import org.springframework.security.access.AccessDeniedException;

/** An account that is signed in may not do that; the problem says why. */
final class RefusedException extends AccessDeniedException {

  private static final long serialVersionUID = 1L;

  private final ProblemException problem;

  RefusedException(ProblemException problem) {
    super(problem.detail());
    this.problem = problem;
  }

  ProblemException problem() {
    return problem;
  }
}
