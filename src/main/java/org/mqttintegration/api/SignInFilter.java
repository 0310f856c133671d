package org.mqttintegration.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.BearerToken;
import org.mqttintegration.access.RateLimits;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Signs a request in by what it brings along: a name and password, or a token. One that brings
 * nothing goes on as nobody's. Counts requests against their limits.
 */
final class SignInFilter extends OncePerRequestFilter {

  private static final String BEARER = "Bearer ";

  private final AuthenticationManager signIn;
  private final RateLimits limits;
  private final AccessProblems problems;
  private final BasicAuthenticationConverter basic = new BasicAuthenticationConverter();
  private final RequestAttributeSecurityContextRepository contexts =
      new RequestAttributeSecurityContextRepository();

  SignInFilter(AuthenticationManager signIn, RateLimits limits, AccessProblems problems) {
    this.signIn = signIn;
    this.limits = limits;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      limits.requireOfAddress(request.getRemoteAddr());
      Authentication claim = claim(request);
      if (claim != null) {
        Authentication signedIn = signIn.authenticate(claim);
        limits.requireOfAccount(signedIn.getName());
        keep(signedIn, request, response);
      }
    } catch (AuthenticationException e) {
      problems.commence(request, response, e);
      return;
    } catch (RuntimeException e) {
      problems.answer(request, response, FailureProblem.of(e, request.getRequestId()));
      return;
    }
    chain.doFilter(request, response);
  }

  private @Nullable Authentication claim(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return basic.convert(request);
    }
    BearerToken token = new BearerToken(header.substring(BEARER.length()).strip());
    token.setDetails(new WebAuthenticationDetails(request));
    return token;
  }

  private void keep(
      Authentication signedIn, HttpServletRequest request, HttpServletResponse response) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(signedIn);
    SecurityContextHolder.setContext(context);
    contexts.saveContext(context, request, response); // for the dispatch that ends the request
  }
}
