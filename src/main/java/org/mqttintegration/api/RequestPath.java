package org.mqttintegration.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;

/**
 * The path of a request, decoded, whichever servlet has it.
 *
 * @param text the path from the application's root on
 */
record RequestPath(String text) {

  static RequestPath of(HttpServletRequest request) {
    return new RequestPath(
        request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), ""));
  }

  /** Whether it is that place, or one below it. */
  boolean isAtOrBelow(String place) {
    return text.equals(place) || text.startsWith(place + "/");
  }
}
