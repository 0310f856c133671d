package org.mqttintegration.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * How a broker is trusted, and how we show who we are. Files are PEM, named below the directory of
 * {@link CertificateFiles}, and read for each attempt to connect.
 *
 * @param caFile the authorities to trust in place of the system's, null for those of the system
 * @param pinnedFile the server certificates to accept, and no other; null to go by authority
 * @param certificateFile our certificate, with the chain behind it; null for none
 * @param keyFile the private key of our certificate, PKCS#8; null when it is given itself
 * @param key the private key of our certificate as PEM, PKCS#8; null when it is in a file
 * @param verifyHostname whether the certificate must name the host
 */
public record TlsOptions(
    @Nullable String caFile,
    @Nullable String pinnedFile,
    @Nullable String certificateFile,
    @Nullable String keyFile,
    @Nullable String key,
    boolean verifyHostname) {

  /** The system's authorities, no certificate of ours, and the host is checked. */
  public static final TlsOptions DEFAULT = new TlsOptions(null, null, null, null, null, true);

  /** Without the key. */
  @Override
  public String toString() {
    return "TlsOptions[caFile=%s, pinnedFile=%s, certificateFile=%s, verifyHostname=%s]"
        .formatted(caFile, pinnedFile, certificateFile, verifyHostname);
  }
}
