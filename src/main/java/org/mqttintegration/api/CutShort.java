package org.mqttintegration.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Closes the connection of an answer that is marked as cut short. Below it Spring would draw a page
 * for an exception; of this one Tomcat makes no page either, it closes the connection.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class CutShort extends OncePerRequestFilter {

  private static final String MARK = CutShort.class.getName();

  static void mark(HttpServletRequest request) {
    request.setAttribute(MARK, true);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, response);
    if (request.getAttribute(MARK) != null) {
      throw new ClientAbortException("cut short");
    }
  }
}
