package org.mqttintegration.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs once on each kind of broker, given to it as a {@link BrokerUnderTest} parameter.
 * A kind that cannot be had on this machine is reported as skipped, with the reason.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(EachBroker.class)
public @interface TestOnEachBroker {

  /**
   * Only these, for a test that takes long; {@code -Dbrokers=all} takes the others too. All when
   * empty.
   */
  Part[] value() default {};
}
