package org.mqttintegration.subscription;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.TopicFilter;
import org.mqttintegration.resource.Faults;

/** A well-formed topic filter (MQTT 5, section 4.7). */
@Constraint(validatedBy = ValidTopicFilter.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@interface ValidTopicFilter {

  /** Not used: the validator says which of the rules was broken. */
  String message() default "";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Asks {@link TopicFilter}. */
  final class Validator implements ConstraintValidator<ValidTopicFilter, String> {

    @Override
    public boolean isValid(@Nullable String filter, ConstraintValidatorContext context) {
      return filter == null || Faults.report(TopicFilter.fault(filter), context);
    }
  }
}
