package org.mqttintegration.send;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.TopicName;
import org.mqttintegration.resource.Faults;

/** A topic that a message can be published to (MQTT 5, section 4.7). */
@Constraint(validatedBy = ValidTopicName.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface ValidTopicName {

  /** Not used: the validator says which of the rules was broken. */
  String message() default "";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Asks {@link TopicName}. */
  final class Validator implements ConstraintValidator<ValidTopicName, String> {

    @Override
    public boolean isValid(@Nullable String topic, ConstraintValidatorContext context) {
      return topic == null || Faults.report(TopicName.fault(topic), context);
    }
  }
}
