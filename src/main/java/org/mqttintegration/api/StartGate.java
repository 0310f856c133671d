package org.mqttintegration.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Tells callers to come again as long as Camel does not serve: Tomcat listens before, and the paths
 * come one after the other, so that a caller would read that there is no such path or method.
 */
@Component
class StartGate extends OncePerRequestFilter {

  /** Both asked for late: Tomcat makes its filters before anything else is there. */
  private final ObjectProvider<CamelContext> camel;

  private final ObjectProvider<HandlerExceptionResolver> problems;

  StartGate(
      ObjectProvider<CamelContext> camel,
      @Qualifier("handlerExceptionResolver") ObjectProvider<HandlerExceptionResolver> problems) {
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
      throws ServletException, IOException {
    ProblemException notServing =
        new ProblemException(ProblemType.NOT_SERVING, "Nothing was done. Try again later.");
    problems.getObject().resolveException(request, response, null, notServing);
  }
}
