package org.mqttintegration.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.util.List;
import org.apache.camel.util.ObjectHelper;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.JsonFault;
import org.mqttintegration.resource.SqlState;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;

/** Says what a failure means to the caller, without a word of the exception's own. */
final class FailureProblem {

  private static final List<Class<? extends Throwable>> CONTRADICTION =
      List.of(
          DataIntegrityViolationException.class,
          OptimisticLockingFailureException.class,
          org.hibernate.exception.ConstraintViolationException.class);

  private FailureProblem() {}

  /** The problem that the failure, or the nearest of its causes that is known, stands for. */
  static ProblemException of(Throwable failure, String exchangeId) {
    for (Throwable cause : ObjectHelper.createExceptionIterable(failure)) {
      if (cause instanceof ProblemException problem) {
        return problem;
      }
      if (cause instanceof JsonProcessingException unreadable) {
        return JsonFault.of(unreadable);
      }
      if (cause instanceof ConstraintViolationException violations) {
        return ofViolations(violations);
      }
    }
    return ofDatabase(failure, exchangeId);
  }

  private static ProblemException ofDatabase(Throwable failure, String exchangeId) {
    if (SqlState.isAway(failure)) {
      return new ProblemException(
          ProblemType.DATABASE_UNAVAILABLE, "Try again later%s.".formatted(reason(failure)));
    }
    for (Throwable cause : ObjectHelper.createExceptionIterable(failure)) {
      if (CONTRADICTION.stream().anyMatch(kind -> kind.isInstance(cause))) {
        return new ProblemException(
            ProblemType.CONFLICT, "Another request changed the same; read it again and retry.");
      }
    }
    return new ProblemException(
        ProblemType.INTERNAL, "The log has more under exchange %s.".formatted(exchangeId));
  }

  private static String reason(Throwable failure) {
    String state = SqlState.of(failure);
    return state == null ? "" : "; the database's reason is SQLSTATE " + state;
  }

  private static ProblemException ofViolations(ConstraintViolationException violations) {
    return ProblemException.invalid(
        violations.getConstraintViolations().stream()
            .map(violation -> new FieldError(field(violation), violation.getMessage()))
            .sorted((a, b) -> a.field().compareTo(b.field()))
            .toList());
  }

  private static String field(ConstraintViolation<?> violation) {
    String last = "";
    for (Path.Node node : violation.getPropertyPath()) {
      last = node.getName() == null ? last : node.getName();
    }
    return last;
  }
}
