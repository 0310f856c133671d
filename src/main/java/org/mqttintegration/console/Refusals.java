package org.mqttintegration.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.LockedOutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/**
 * What becomes of who is not signed in, or may not. A page leads to the sign-in; whatever else is
 * asked for, by a script of a page or a program, gets the status alone.
 */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

  private static final String WORDS = "words";

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  /** Whether it is a page that is asked for, to be looked at. */
  boolean isPage(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return request.getMethod().equals("GET")
        && accept != null
        && accept.contains(MediaType.TEXT_HTML_VALUE)
        && request.getHeader("HX-Request") == null;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    if (isPage(request)) {
      response.sendRedirect(ConsoleSecurity.SIGN_IN);
    } else {
      response.setHeader("HX-Redirect", ConsoleSecurity.SIGN_IN);
      response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
    }
  }

  /** Also of a form whose token is not ours, or too old. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
      throws IOException, ServletException {
    request.setAttribute(ProblemPages.DENIED, denied);
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    request.getRequestDispatcher(ConsoleSecurity.PROBLEM).forward(request, response);
  }

  /** Somebody came back from the issuer's login, but not in. */
  void issuerRefused(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    boolean forPeople =
        failure instanceof OAuth2AuthenticationException refused
            && refused.getError().getErrorCode().equals(IssuerUsers.REFUSED);
    if (!forPeople) {
      LOG.warn("Login at the identity provider failed reason={}", failure.getMessage());
    }
    backToSignIn(
        request,
        response,
        forPeople
            ? String.valueOf(failure.getMessage())
            : "The sign-in at your identity provider did not succeed. Try again.");
  }

  /** The issuer's login cannot begin. */
  void issuerAway(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    backToSignIn(
        request, response, "Your identity provider does not answer. Try again in a while.");
  }

  /** With words in the session: out of a link they could be anybody's. */
  private static void backToSignIn(
      HttpServletRequest request, HttpServletResponse response, String words) throws IOException {
    request.getSession().setAttribute(WORDS, words);
    response.sendRedirect(ConsoleSecurity.SIGN_IN);
  }

  /** What the sign-in page is to say, once; null for nothing. */
  static @Nullable String takeWords(@Nullable HttpSession session) {
    Object words = session == null ? null : session.getAttribute(WORDS);
    if (session != null && words != null) {
      session.removeAttribute(WORDS);
    }
    return words == null ? null : words.toString();
  }

  void signInFailed(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    response.sendRedirect(
        failure instanceof LockedOutException locked
            ? "%s?wait=%d".formatted(ConsoleSecurity.SIGN_IN, locked.remaining().toSeconds() + 1)
            : ConsoleSecurity.SIGN_IN + "?failed");
  }
}
