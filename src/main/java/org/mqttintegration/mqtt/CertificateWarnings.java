package org.mqttintegration.mqtt;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Warns of certificates that end before long: the broker's, ours, and those that we trust. */
@Component
public class CertificateWarnings {

  private static final Set<String> WITH_TLS = Set.of("mqtts", "wss");

  private final MqttConnections connections;
  private final CertificateFiles files;
  private final Duration ahead;

  CertificateWarnings(MqttConnections connections, CertificateFiles files, MqttSettings settings) {
    this.connections = connections;
    this.files = files;
    this.ahead = settings.certificateWarning();
  }

  /**
   * What is to be said of a connection's certificates now, in sentences. Reads the files that its
   * options name.
   */
  public List<String> of(String key, ConnectionOptions options) {
    List<String> warnings = new ArrayList<>();
    if (WITH_TLS.contains(options.serverUri().getScheme())) {
      connections
          .serverCertificate(key)
          .ifPresent(shown -> add("The broker's certificate", shown, warnings));
      TlsOptions tls = options.tls();
      addFile("The authority in ", tls.caFile(), warnings);
      addFile("The pinned certificate in ", tls.pinnedFile(), warnings);
      addFile("The client's certificate in ", tls.certificateFile(), warnings);
    }
    return warnings;
  }

  private void addFile(String what, @Nullable String name, List<String> warnings) {
    if (name == null) {
      return;
    }
    try {
      files.certificates(name).stream()
          .min(Comparator.comparing(X509Certificate::getNotAfter))
          .ifPresent(first -> add(what + name, first, warnings));
    } catch (IOException e) {
      warnings.add("There is no certificate to connect with: " + e.getMessage() + ".");
    }
  }

  private void add(String what, X509Certificate certificate, List<String> warnings) {
    Instant end = certificate.getNotAfter().toInstant();
    Instant now = Instant.now();
    if (end.isBefore(now.plus(ahead))) {
      warnings.add(
          "%s (%s) %s on %s."
              .formatted(
                  what,
                  certificate.getSubjectX500Principal().getName(),
                  end.isBefore(now) ? "ended" : "ends",
                  end.atOffset(ZoneOffset.UTC).toLocalDate()));
    }
  }
}
