package org.mqttintegration.api;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a body that is no JSON before Camel reads it: camel-platform-http takes forms apart into
 * headers and fails on those that are none, and unpacks gzip without a limit.
 */
final class BodyMediaTypes implements HandlerInterceptor {

  private static final List<MediaType> TAKEN =
      List.of(MediaType.APPLICATION_JSON, MediaType.valueOf("application/merge-patch+json"));

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getDispatcherType() != DispatcherType.REQUEST || !hasBody(request)) {
      return true;
    }
    if (!isTaken(request.getContentType())) {
      throw refused("The body must be application/json.");
    }
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw refused("The body must not be compressed.");
    }
    return true;
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0;
  }

  private static boolean isTaken(@Nullable String contentType) {
    try {
      MediaType type = contentType == null ? null : MediaType.parseMediaType(contentType);
      return type != null && TAKEN.stream().anyMatch(type::equalsTypeAndSubtype);
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
  }
}
