package org.mqttintegration.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.mqttintegration.access.LockedOutException;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/** Answers who is not signed in, and who may not, with a problem. */
@Component
class AccessProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

  private static final String BASIC = "Basic realm=\"mqtt-integration\", charset=\"UTF-8\"";

  private final ProblemJson problems;

  AccessProblems(ProblemJson problems) {
    this.problems = problems;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    if (failure instanceof LockedOutException locked) {
      answer(
          request,
          response,
          new ProblemException(
                  ProblemType.TOO_MANY_SIGN_INS,
                  "Too many sign-ins failed; wait before the next one.")
              .retryAfter(locked.remaining()));
      return;
    }
    response.addHeader(HttpHeaders.WWW_AUTHENTICATE, BASIC);
    response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    String detail =
        request.getHeader(HttpHeaders.AUTHORIZATION) == null
            ? "Send a user name and password, or a token."
            : "The user name and password, or the token, are not right.";
    answer(request, response, new ProblemException(ProblemType.NOT_SIGNED_IN, detail));
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
      throws IOException {
    answer(
        request,
        response,
        denied instanceof RefusedException refused
            ? refused.problem()
            : new ProblemException(ProblemType.FORBIDDEN, "Your account may not do that."));
  }

  void answer(HttpServletRequest request, HttpServletResponse response, ProblemException problem)
      throws IOException {
    Duration wait = problem.retryAfter();
    if (wait != null) {
      long seconds = wait.plusSeconds(1).minusNanos(1).toSeconds(); // never too early
      response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
    }
    problems.answer(response, Problem.of(problem, request.getRequestURI()));
  }
}
