package org.mqttintegration.broker;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.UserProperty;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.resource.Utf8String;

/** Checks User Properties that a request wants to be sent (MQTT 5, section 1.5.7). */
public final class UserPropertyFaults {

  private static final int MAX_PROPERTIES = 100;
  private static final int MAX_BYTES = 65_535;

  private UserPropertyFaults() {}

  /** Adds all that is wrong with them, with the name of the field they stand in. */
  public static void add(String field, List<UserProperty> properties, List<FieldError> errors) {
    if (properties.size() > MAX_PROPERTIES) {
      errors.add(new FieldError(field, "At most %d properties.".formatted(MAX_PROPERTIES)));
    }
    for (int i = 0; i < properties.size(); i++) {
      UserProperty property = properties.get(i);
      add("%s[%d].name".formatted(field, i), property.name(), errors);
      add("%s[%d].value".formatted(field, i), property.value(), errors);
    }
  }

  private static void add(String field, @Nullable String text, List<FieldError> errors) {
    String fault = text == null ? "It is needed." : Utf8String.Validator.fault(text, MAX_BYTES);
    if (fault != null) {
      errors.add(new FieldError(field, fault));
    }
  }
}
