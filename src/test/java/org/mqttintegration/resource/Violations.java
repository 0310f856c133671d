package org.mqttintegration.resource;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.validation.Validation;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;

/** For tests of what requests may not say. */
public final class Violations {

  private static final RequestValidator VALIDATOR =
      new RequestValidator(Validation.buildDefaultValidatorFactory().getValidator());

  private Violations() {}

  public static RequestValidator validator() {
    return VALIDATOR;
  }

  /** The fields that a call complains of, in their order; empty when it does not complain. */
  public static List<String> fields(ThrowingCallable call) {
    return errors(call).stream().map(FieldError::field).toList();
  }

  /** What a call complains of. */
  public static List<FieldError> errors(ThrowingCallable call) {
    ProblemException problem = catchThrowableOfType(ProblemException.class, call);
    if (problem == null) {
      return List.of();
    }
    if (problem.type() != ProblemType.INVALID_REQUEST) {
      throw problem;
    }
    return problem.errors();
  }
}
