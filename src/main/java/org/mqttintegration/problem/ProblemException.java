package org.mqttintegration.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request cannot be served; the caller is told why. Not logged: nothing is broken on our side.
 */
public class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient List<FieldError> errors;
  private @Nullable Duration retryAfter;

  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  public ProblemException(ProblemType type, String detail, List<FieldError> errors) {
    super(detail);
    this.type = type;
    this.errors = List.copyOf(errors);
  }

  /** One field is wrong. */
  public static ProblemException invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  /** Fields are wrong. */
  public static ProblemException invalid(List<FieldError> errors) {
    return new ProblemException(
        ProblemType.INVALID_REQUEST, "See errors for the fields that are not valid.", errors);
  }

  /** No record of that kind has that id. */
  public static ProblemException notFound(String kind, long id) {
    return new ProblemException(
        ProblemType.NOT_FOUND, "There is no %s with id %d.".formatted(kind, id));
  }

  /** No request is served now. */
  public static ProblemException notServing() {
    return new ProblemException(ProblemType.NOT_SERVING, "Nothing was done. Try again later.");
  }

  /** When the caller may try again. */
  public ProblemException retryAfter(Duration delay) {
    retryAfter = delay;
    return this;
  }

  /** When the caller may try again, null when nothing can be said. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  public ProblemType type() {
    return type;
  }

  /** What the caller reads; never holds a secret or a payload. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  public List<FieldError> errors() {
    return errors;
  }
}
