package org.mqttintegration.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses changes that a page of another site has a browser ask for: a browser that somebody signed
 * in with by password sends that along by itself, like a cookie.
 */
final class ForeignSite extends OncePerRequestFilter {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private final AccessProblems problems;

  ForeignSite(AccessProblems problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String site = request.getHeader("Sec-Fetch-Site"); // only browsers send it
    boolean reading =
        READING.contains(request.getMethod())
            && !Hawtio.isAskedFor(request); // it acts on GET as well
    if (site == null || OWN.contains(site) || reading) {
      chain.doFilter(request, response);
    } else {
      problems.answer(
          request,
          response,
          new ProblemException(ProblemType.FORBIDDEN, "A page of another site asked for this."));
    }
  }
}
