package org.mqttintegration.resource;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text that MQTT (section 1.5.4) and PostgreSQL both take: no NUL, no unpaired surrogates, and not
 * longer than {@link #maxBytes} in UTF-8.
 */
@Constraint(validatedBy = Utf8String.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface Utf8String {

  /** The longest in bytes. */
  int maxBytes();

  /** Not used: the validator says which of the rules was broken. */
  String message() default "";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Checks a String, or the secret of a {@link WriteOnly}. */
  final class Validator implements ConstraintValidator<Utf8String, Object> {

    private int maxBytes;

    @Override
    public void initialize(Utf8String constraint) {
      maxBytes = constraint.maxBytes();
    }

    @Override
    public boolean isValid(@Nullable Object value, ConstraintValidatorContext context) {
      String text = value instanceof WriteOnly secret ? secret.value() : (String) value;
      return text == null || Faults.report(fault(text, maxBytes), context);
    }

    /** What is wrong with a text, null when nothing is. */
    public static @Nullable String fault(String text, int maxBytes) {
      if (text.indexOf('\0') >= 0) {
        return "No NUL character is allowed.";
      }
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
        return "Unpaired surrogates are no text.";
      }
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      return bytes > maxBytes
          ? "At most %,d bytes in UTF-8, this has %,d.".formatted(maxBytes, bytes)
          : null;
    }
  }
}
