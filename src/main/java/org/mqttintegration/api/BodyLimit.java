package org.mqttintegration.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a body that is too large, of REST and of what routes of files take in, before anything
 * reads it, and behind the sign-in: nothing is read of what strangers send. A body of unknown
 * length is read here, up to the limit, and handed on.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER + 10)
class BodyLimit extends OncePerRequestFilter {

  private final ProblemJson problems;
  private final int limit;

  BodyLimit(ApiProperties properties, ProblemJson problems) {
    this.problems = problems;
    this.limit = Math.toIntExact(properties.maxBodySize().toBytes());
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    RequestPath path = RequestPath.of(request);
    return !path.isAtOrBelow("/api") && !path.isAtOrBelow("/ingest");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long length = request.getContentLengthLong();
    if (length > limit) {
      refuse(request, response);
    } else if (length < 0 && request.getHeader("Transfer-Encoding") != null) {
      byte[] body = request.getInputStream().readNBytes(limit + 1);
      if (body.length > limit) {
        refuse(request, response);
      } else {
        chain.doFilter(new ReadBody(request, body), response);
      }
    } else {
      chain.doFilter(request, response);
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ProblemException tooLarge =
        new ProblemException(
            ProblemType.PAYLOAD_TOO_LARGE, "The body may have at most %d bytes.".formatted(limit));
    problems.answer(response, Problem.of(tooLarge, request.getRequestURI()));
  }
}
