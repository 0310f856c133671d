package org.mqttintegration.broker;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.CertificateFiles;
import org.mqttintegration.mqtt.TlsOptions;
import org.mqttintegration.problem.FieldError;

/**
 * How a broker is trusted, and how we show who we are. Files are PEM, named below the directory
 * {@code mqtt-integration.mqtt.certificates}, and read for each attempt to connect.
 *
 * @param caFile the authorities to trust in place of the system's
 * @param pinnedFile the server certificate to accept, and no other
 * @param certificateFile the client's certificate, with its chain
 * @param keyFile the client's private key, PKCS#8; absent when the broker has one itself
 * @param verifyHostname whether the server's certificate must name the host; true when absent
 */
public record Tls(
    @Nullable String caFile,
    @Nullable String pinnedFile,
    @Nullable String certificateFile,
    @Nullable String keyFile,
    Boolean verifyHostname) {

  public Tls {
    verifyHostname = Objects.requireNonNullElse(verifyHostname, true);
  }

  /**
   * Says what is wrong with it.
   *
   * @param keyStored whether the broker has the client's private key itself
   */
  void addFaults(CertificateFiles files, boolean keyStored, List<FieldError> errors) {
    addFault("tls.caFile", caFile, files, errors);
    addFault("tls.pinnedFile", pinnedFile, files, errors);
    addFault("tls.certificateFile", certificateFile, files, errors);
    addFault("tls.keyFile", keyFile, files, errors);
    if (caFile != null && pinnedFile != null) {
      errors.add(
          new FieldError("tls.pinnedFile", "A pinned certificate needs no authority: give one."));
    }
    if (keyStored && keyFile != null) {
      errors.add(
          new FieldError(
              "tls.keyFile",
              "The broker has a clientKey: give one of them, null removes the key."));
    } else if ((certificateFile == null) != (keyFile == null && !keyStored)) {
      errors.add(
          new FieldError(
              certificateFile == null ? "tls.certificateFile" : "tls.keyFile",
              "A client's certificate and its key belong together."));
    }
  }

  private static void addFault(
      String field, @Nullable String name, CertificateFiles files, List<FieldError> errors) {
    String fault = name == null ? null : files.fault(name);
    if (fault != null) {
      errors.add(new FieldError(field, fault));
    }
  }

  TlsOptions options(@Nullable String key) {
    return new TlsOptions(caFile, pinnedFile, certificateFile, keyFile, key, verifyHostname);
  }
}
