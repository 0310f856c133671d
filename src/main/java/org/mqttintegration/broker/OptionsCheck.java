package org.mqttintegration.broker;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.CertificateFiles;
import org.mqttintegration.mqtt.UserProperty;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.resource.RequestValidator;
import org.mqttintegration.resource.Utf8String;
import org.springframework.stereotype.Component;

/** Checks what a broker shall be. */
@Component
class OptionsCheck {

  private static final int MAX_PROPERTIES = 100;
  private static final int MAX_BYTES = 65_535;

  private final RequestValidator validator;
  private final CertificateFiles files;

  OptionsCheck(RequestValidator validator, CertificateFiles files) {
    this.validator = validator;
    this.files = files;
  }

  /** Throws all that is wrong. */
  BrokerRequest check(@Nullable BrokerRequest request) {
    return validator.check(
        request,
        (broker, errors) -> {
          addFaults(Objects.requireNonNullElse(broker.userProperties(), List.of()), errors);
          if (broker.will() != null) {
            broker.will().addFaults(errors);
          }
          if (broker.webSocket() != null) {
            broker.webSocket().addFaults(errors);
          }
          if (broker.tls() != null) {
            broker.tls().addFaults(files, errors);
          }
        });
  }

  private static void addFaults(List<UserProperty> properties, List<FieldError> errors) {
    if (properties.size() > MAX_PROPERTIES) {
      errors.add(
          new FieldError("userProperties", "At most %d properties.".formatted(MAX_PROPERTIES)));
    }
    for (int i = 0; i < properties.size(); i++) {
      UserProperty property = properties.get(i);
      addFault("userProperties[%d].name".formatted(i), property.name(), errors);
      addFault("userProperties[%d].value".formatted(i), property.value(), errors);
    }
  }

  private static void addFault(String field, @Nullable String text, List<FieldError> errors) {
    String fault = text == null ? "It is needed." : Utf8String.Validator.fault(text, MAX_BYTES);
    if (fault != null) {
      errors.add(new FieldError(field, fault));
    }
  }
}
