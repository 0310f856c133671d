package org.mqttintegration.resource;

import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** For constraints that say themselves what is wrong. */
public final class Faults {

  private Faults() {}

  /**
   * Reports a fault as the constraint's message.
   *
   * @param fault a sentence, null when all is well
   * @return whether all is well
   */
  public static boolean report(@Nullable String fault, ConstraintValidatorContext context) {
    if (fault == null) {
      return true;
    }
    context.disableDefaultConstraintViolation();
    // a sentence may quote the request: braces in it are no message expressions
    String literal = fault.replaceAll("[\\\\{}$]", "\\\\$0");
    context.buildConstraintViolationWithTemplate(literal).addConstraintViolation();
    return false;
  }
}
