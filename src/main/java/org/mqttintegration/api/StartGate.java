package org.mqttintegration.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.mqttintegration.problem.ProblemException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells callers to come again as long as Camel does not serve: Tomcat listens before, and the paths
 * come one after the other, so that a caller would read that there is no such path or method.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER - 10)
class StartGate extends OncePerRequestFilter {

  /** Asked for late: Tomcat makes its filters before it is there. */
  private final ObjectProvider<CamelContext> camel;

  private final ProblemJson problems;

  StartGate(ObjectProvider<CamelContext> camel, ProblemJson problems) {
    this.camel = camel;
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith("/api/") || camel.getObject().isStarted();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    problems.answer(response, Problem.of(ProblemException.notServing(), request.getRequestURI()));
  }
}
