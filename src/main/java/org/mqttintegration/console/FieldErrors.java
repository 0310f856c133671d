package org.mqttintegration.console;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;

/**
 * What is wrong with a form, for its template to draw at the fields.
 *
 * @param summary what is wrong with the form as a whole, null when nothing is
 * @param fields what is wrong with fields
 */
public record FieldErrors(@Nullable String summary, List<FieldError> fields) {

  /** Nothing is wrong. */
  public static final FieldErrors NONE = new FieldErrors(null, List.of());

  /** What a refusal says. */
  public static FieldErrors of(ProblemException refused) {
    return new FieldErrors(
        refused.errors().isEmpty() ? refused.detail() : "Nothing was changed yet: see below.",
        refused.errors());
  }

  /** What is wrong with a field, null when nothing is. */
  public @Nullable String of(String field) {
    String all =
        fields.stream()
            .filter(error -> error.field().equals(field))
            .map(FieldError::message)
            .collect(Collectors.joining(" "));
    return all.isEmpty() ? null : all;
  }
}
