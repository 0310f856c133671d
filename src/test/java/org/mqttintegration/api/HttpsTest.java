package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mqttintegration.testing.Certificates;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The web server with a pair of PEM files. */
class HttpsTest extends RestTest {

  @TempDir static Path folder;

  @DynamicPropertySource
  static void tls(DynamicPropertyRegistry properties) throws Exception {
    Certificates certificates =
        new Certificates(folder)
            .authority("ca")
            .signed("server", "ca", "EC", "-ext", "san=ip:127.0.0.1");
    certificates.write("ca", false, folder.resolve("ca.pem"));
    certificates.write("server", true, folder.resolve("server.pem"));
    certificates.writeKey("server", folder.resolve("server.key"));
    properties.add("server.ssl.certificate", () -> folder.resolve("server.pem").toString());
    properties.add(
        "server.ssl.certificate-private-key", () -> folder.resolve("server.key").toString());
    properties.add("spring.quartz.scheduler-name", () -> "https");
  }

  @Test
  void given_a_pair_of_pem_files_when_asked_by_https_then_it_answers() throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(trusting("ca.pem")).build();
    URI contract = URI.create("https://127.0.0.1:%d/openapi.yaml".formatted(port));

    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(contract).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("openapi: ");
    assertThat(answer.headers().firstValue("Strict-Transport-Security"))
        .hasValue("max-age=31536000");
  }

  private static SSLContext trusting(String file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(folder.resolve(file))) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
