package org.mqttintegration.broker;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.CertificateFiles;
import org.mqttintegration.resource.RequestValidator;
import org.springframework.stereotype.Component;

/** Checks what a broker shall be. */
@Component
class OptionsCheck {

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
          UserPropertyFaults.add(
              "userProperties",
              Objects.requireNonNullElse(broker.userProperties(), List.of()),
              errors);
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
}
