package org.mqttintegration.api;

import java.net.URI;
import java.util.List;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;

/**
 * The body of an error answer (RFC 9457).
 *
 * @param type the kind of problem; stable
 * @param title the kind of problem in words
 * @param status the HTTP status code
 * @param detail what went wrong this time
 * @param instance the path that was asked for
 * @param errors the fields at fault, empty where none is
 */
record Problem(
    URI type, String title, int status, String detail, String instance, List<FieldError> errors) {

  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(ProblemException problem, String path) {
    ProblemType type = problem.type();
    return of(type, type.status(), problem.detail(), path, problem.errors());
  }

  /** For a status that was decided elsewhere, by Spring MVC or Tomcat. */
  static Problem ofStatus(int status, String detail, String path) {
    return of(typeOf(status), status, detail, path, List.of());
  }

  private static Problem of(
      ProblemType type, int status, String detail, String path, List<FieldError> errors) {
    return new Problem(type.uri(), type.title(), status, detail, path, List.copyOf(errors));
  }

  private static ProblemType typeOf(int status) {
    return switch (status) {
      case 401 -> ProblemType.NOT_SIGNED_IN;
      case 403 -> ProblemType.FORBIDDEN;
      case 404 -> ProblemType.NOT_FOUND;
      case 405 -> ProblemType.METHOD_NOT_ALLOWED;
      case 406 -> ProblemType.NOT_ACCEPTABLE;
      case 413 -> ProblemType.PAYLOAD_TOO_LARGE;
      case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
      default -> status < 500 ? ProblemType.INVALID_REQUEST : ProblemType.INTERNAL;
    };
  }
}
