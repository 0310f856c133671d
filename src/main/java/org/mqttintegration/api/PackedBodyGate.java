package org.mqttintegration.api;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses a compressed body before Camel reads it: it unpacks gzip without a limit. */
final class PackedBodyGate implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    String encoding = request.getHeader("Content-Encoding");
    if (request.getDispatcherType() == DispatcherType.REQUEST
        && request.getContentLengthLong() > 0
        && encoding != null
        && !encoding.equalsIgnoreCase("identity")) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must not be compressed.");
    }
    return true;
  }
}
