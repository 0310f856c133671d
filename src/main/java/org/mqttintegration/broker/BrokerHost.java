package org.mqttintegration.broker;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** A host name, an IPv4 address, or an IPv6 address with or without brackets; nothing else. */
@Constraint(validatedBy = BrokerHost.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@interface BrokerHost {

  String message() default
      "A host is a name such as broker.example.org, an IPv4 or an IPv6 address: no scheme, port,"
          + " path or user.";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Lets through what stands as it is between the scheme and the port of a URI. */
  final class Validator implements ConstraintValidator<BrokerHost, String> {

    private static final int MAX_LENGTH = 253; // of a name in DNS

    @Override
    public boolean isValid(@Nullable String host, ConstraintValidatorContext context) {
      return host == null || (host.length() <= MAX_LENGTH && isHost(host));
    }

    private static boolean isHost(String host) {
      try {
        String written = inUri(host);
        return written.equals(new URI("mqtt", null, host, 1, null, null, null).getHost());
      } catch (URISyntaxException e) {
        return false;
      }
    }

    private static String inUri(String host) {
      return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
  }
}
