package org.mqttintegration.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.mqttintegration.access.LockedOutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/**
 * What becomes of who is not signed in, or may not. A page leads to the sign-in; whatever else is
 * asked for, by a script of a page or a program, gets the status alone.
 */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

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

  void signInFailed(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    response.sendRedirect(
        failure instanceof LockedOutException locked
            ? "%s?wait=%d".formatted(ConsoleSecurity.SIGN_IN, locked.remaining().toSeconds() + 1)
            : ConsoleSecurity.SIGN_IN + "?failed");
  }
}
