package org.mqttintegration.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.mqttintegration.access.Account;
import org.mqttintegration.access.RateLimits;
import org.mqttintegration.problem.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts the console's requests against the limits of their address and account. */
final class ConsoleLimits extends OncePerRequestFilter {

  private final RateLimits limits;

  ConsoleLimits(RateLimits limits) {
    this.limits = limits;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      limits.requireOfAddress(request.getRemoteAddr());
      Account account = Account.current();
      if (account != null) {
        limits.requireOfAccount(account.name());
      }
    } catch (ProblemException tooMany) {
      Duration wait = tooMany.retryAfter();
      response.setHeader(
          HttpHeaders.RETRY_AFTER, String.valueOf(wait == null ? 1 : wait.toSeconds() + 1));
      response.sendError(tooMany.type().status());
      return;
    }
    chain.doFilter(request, response);
  }
}
