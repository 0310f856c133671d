package org.mqttintegration.broker;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.CertificateFiles;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.resource.RequestValidator;
import org.mqttintegration.resource.WriteOnly;
import org.springframework.stereotype.Component;

/** Checks what a broker shall be. */
@Component
class OptionsCheck {

  private final RequestValidator validator;
  private final CertificateFiles files;
  private final BrokerCredentials credentials;

  OptionsCheck(RequestValidator validator, CertificateFiles files, BrokerCredentials credentials) {
    this.validator = validator;
    this.files = files;
    this.credentials = credentials;
  }

  /**
   * Throws all that is wrong.
   *
   * @param id the broker that it is for, null for a new one
   */
  BrokerRequest check(@Nullable Long id, @Nullable BrokerRequest request) {
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
          addFaultsOfTls(id, broker, errors);
        });
  }

  private void addFaultsOfTls(@Nullable Long id, BrokerRequest broker, List<FieldError> errors) {
    WriteOnly key = broker.clientKey();
    if (key != null && key.value() != null && !CertificateFiles.isPrivateKey(key.value())) {
      errors.add(
          new FieldError("clientKey", "A private key as PEM, in PKCS#8 and without a passphrase."));
    }
    boolean keyStored =
        key == null
            ? id != null && credentials.has(id, BrokerCredentials.CLIENT_KEY)
            : key.value() != null;
    if (broker.tls() != null) {
      broker.tls().addFaults(files, keyStored, errors);
    } else if (key != null && key.value() != null) {
      errors.add(
          new FieldError(
              "clientKey", "A key belongs to a certificate: give tls.certificateFile too."));
    }
  }
}
