package org.mqttintegration.api;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Refuses what is no request of the contract before Camel reads it. For an unknown path or method
 * below a known one Camel would answer without a body; it takes forms apart into headers, and fails
 * on those that are none.
 */
final class RequestGate implements HandlerInterceptor {

  private static final List<MediaType> TAKEN =
      List.of(
          MediaType.APPLICATION_JSON,
          MediaType.valueOf("application/merge-patch+json"),
          MediaType.APPLICATION_NDJSON,
          MediaType.valueOf("text/yaml"),
          MediaType.valueOf("text/csv"));

  private final Contract contract;

  RequestGate(Contract contract) {
    this.contract = contract;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws NoResourceFoundException, HttpRequestMethodNotSupportedException {
    // asked again when the answer is there; and Spring itself answers OPTIONS
    if (request.getDispatcherType() != DispatcherType.REQUEST
        || request.getMethod().equals("OPTIONS")) {
      return true;
    }
    checkPath(request.getRequestURI(), request.getMethod());
    if (hasBody(request)) {
      checkMediaType(request);
    }
    return true;
  }

  private void checkPath(String path, String method)
      throws NoResourceFoundException, HttpRequestMethodNotSupportedException {
    List<String> offered = contract.methods(path);
    if (offered.isEmpty()) {
      throw new NoResourceFoundException(HttpMethod.valueOf(method), path);
    }
    if (!offered.contains(method)) {
      throw new HttpRequestMethodNotSupportedException(method, offered);
    }
  }

  private static void checkMediaType(HttpServletRequest request) {
    if (!isTaken(request.getContentType())) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json.");
    }
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
}
