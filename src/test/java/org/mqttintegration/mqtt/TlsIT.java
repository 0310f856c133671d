package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.mqtt.ConnectionCheck.Step;
import org.mqttintegration.mqtt.ConnectionCheck.StepName;
import org.mqttintegration.mqtt.ConnectionStatus.State;
import org.mqttintegration.testing.Certificates;

/** TLS with certificates of our own, against a broker that shows them. */
class TlsIT {

  private static final String KEY = "7";

  @TempDir static Path folder;
  private static Certificates certificates;

  private final MqttSettings settings = Fixtures.settings(folder);
  private final MqttConnections connections = Fixtures.connections(settings, event -> {});

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates =
        new Certificates(folder)
            .authority("ca")
            .authority("other-ca")
            .signed("here", "ca", "EC", "-ext", "san=ip:127.0.0.1", "-validity", "90")
            .signed("soon", "ca", "EC", "-ext", "san=ip:127.0.0.1", "-validity", "10")
            .signed("elsewhere", "ca", "RSA", "-ext", "san=dns:elsewhere.example")
            .signed("client-ec", "ca", "EC")
            .signed("client-rsa", "ca", "RSA")
            .signed("stranger", "other-ca", "EC");
    for (String alias : List.of("ca", "other-ca", "here", "elsewhere")) {
      certificates.write(alias, false, folder.resolve(alias + ".pem"));
    }
    for (String alias : List.of("client-ec", "client-rsa", "stranger")) {
      certificates.write(alias, true, folder.resolve(alias + ".pem"));
      certificates.writeKey(alias, folder.resolve(alias + ".key"));
    }
    Files.writeString(folder.resolve("empty.pem"), "nothing");
  }

  @AfterEach
  void stop() {
    connections.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "here,,, true, false",
    "here, ca.pem,, true, true",
    "here, other-ca.pem,, true, false",
    "here,, here.pem, true, true",
    "here,, elsewhere.pem, true, false",
    "here,, ca.pem, true, false",
    "here, missing.pem,, true, false",
    "here, empty.pem,, true, false",
    "elsewhere, ca.pem,, true, false",
    "elsewhere, ca.pem,, false, true",
    "elsewhere,, elsewhere.pem, true, false",
    "elsewhere,, elsewhere.pem, false, true",
  })
  void given_a_server_certificate_when_checked_then_it_is_trusted_as_the_options_say(
      String shown, String ca, String pinned, boolean verifyHostname, boolean trusted)
      throws Exception {
    try (ScriptedBroker broker = broker(shown, false)) {
      ConnectionCheck check =
          check(broker, new TlsOptions(ca, pinned, null, null, null, verifyHostname));

      assertThat(check.success()).as(check.message()).isEqualTo(trusted);
      if (!trusted) {
        Step last = check.steps().get(check.steps().size() - 1);
        assertThat(last.name()).isEqualTo(StepName.TLS);
        assertThat(last.detail()).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    ",, false",
    "client-ec.pem, client-ec.key, true",
    "client-rsa.pem, client-rsa.key, true",
    "stranger.pem, stranger.key, false",
    "client-ec.pem, client-ec.pem, false",
    "client-ec.pem, missing.key, false",
  })
  void given_a_broker_that_asks_for_a_certificate_when_checked_then_ours_is_shown(
      String certificate, String key, boolean accepted) throws Exception {
    try (ScriptedBroker broker = broker("here", true)) {
      ConnectionCheck check =
          check(broker, new TlsOptions("ca.pem", null, certificate, key, null, true));

      assertThat(check.success()).as(check.message()).isEqualTo(accepted);
    }
  }

  @Test
  void given_a_missing_file_when_it_comes_then_the_next_attempt_takes_it() throws Exception {
    Path late = folder.resolve("late.pem");
    try (ScriptedBroker broker = broker("here", false)) {
      Fixtures.open(
          connections,
          KEY,
          options(broker, new TlsOptions("late.pem", null, null, null, null, true)));
      await()
          .untilAsserted(
              () ->
                  assertThat(connections.status(KEY).message())
                      .contains("there is no file late.pem"));

      Files.copy(folder.resolve("ca.pem"), late);

      await().until(() -> connections.status(KEY).state() == State.CONNECTED);
    } finally {
      Files.deleteIfExists(late);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"here", "soon"})
  void given_a_certificate_that_ends_when_connected_then_it_is_warned_of(String shown)
      throws Exception {
    CertificateWarnings warnings =
        new CertificateWarnings(connections, new CertificateFiles(settings), settings);
    try (ScriptedBroker broker = broker(shown, false)) {
      ConnectionOptions options =
          options(broker, new TlsOptions("ca.pem", null, null, null, null, true));
      Fixtures.open(connections, KEY, options);
      await().until(() -> connections.status(KEY).state() == State.CONNECTED);

      if (shown.equals("soon")) {
        assertThat(warnings.of(KEY, options))
            .singleElement()
            .asString()
            .startsWith("The broker's certificate (CN=soon) ends on ");
      } else {
        assertThat(warnings.of(KEY, options)).isEmpty();
      }
      assertThat(
              warnings.of(
                  "none", options(broker, new TlsOptions("gone", null, null, null, null, true))))
          .singleElement()
          .asString()
          .contains("there is no file gone");
    }
  }

  private ConnectionCheck check(ScriptedBroker broker, TlsOptions tls) {
    return new ConnectionProbe(connections).check(options(broker, tls));
  }

  private static ConnectionOptions options(ScriptedBroker broker, TlsOptions tls) {
    return Fixtures.options(broker.uri("mqtts"), WebSocketOptions.DEFAULT, tls);
  }

  private static ScriptedBroker broker(String shown, boolean needClient) throws Exception {
    SSLServerSocket server =
        (SSLServerSocket)
            certificates
                .server(shown)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(needClient);
    return new ScriptedBroker(server);
  }
}
