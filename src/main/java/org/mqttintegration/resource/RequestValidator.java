package org.mqttintegration.resource;

import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Component;

/** Checks requests against their constraints, and tells everything that is wrong at once. */
@Component
public class RequestValidator {

  private final Validator validator;

  RequestValidator(Validator validator) {
    this.validator = validator;
  }

  /**
   * Checks a request.
   *
   * @throws ProblemException when it is not valid, with one error for each violation
   */
  public <T> T check(@Nullable T request) {
    return check(request, (valid, errors) -> {});
  }

  /**
   * Checks a request.
   *
   * @param more adds what constraints cannot tell
   * @throws ProblemException when it is not valid, with one error for each violation
   */
  public <T> T check(@Nullable T request, BiConsumer<T, List<FieldError>> more) {
    if (request == null) {
      throw ProblemException.invalid("", "The body is a JSON object.");
    }
    List<FieldError> errors = new ArrayList<>();
    validator
        .validate(request)
        .forEach(v -> errors.add(new FieldError(v.getPropertyPath().toString(), v.getMessage())));
    more.accept(request, errors);
    if (!errors.isEmpty()) {
      errors.sort(Comparator.comparing(FieldError::field).thenComparing(FieldError::message));
      throw ProblemException.invalid(errors);
    }
    return request;
  }
}
