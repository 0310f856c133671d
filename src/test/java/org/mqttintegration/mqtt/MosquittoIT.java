package org.mqttintegration.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.mqtt.ConnectionCheck.Step;
import org.mqttintegration.mqtt.ConnectionCheck.StepName;
import org.mqttintegration.testing.Certificates;
import org.mqttintegration.testing.Mosquitto;
import org.mqttintegration.testing.Part;
import org.mqttintegration.testing.Parts;
import org.mqttintegration.testing.Ports;

/** TLS and WebSockets as a Mosquitto speaks them. */
class MosquittoIT extends ConnectionFixture {

  /** Trusts our authority, and shows no certificate. */
  private static final TlsOptions ANONYMOUS =
      new TlsOptions("ca.pem", null, null, null, null, true);

  private static final TlsOptions KNOWN =
      new TlsOptions("ca.pem", null, "client.pem", "client.key", null, true);

  private static final TlsOptions STRANGER =
      new TlsOptions("ca.pem", null, "stranger.pem", "stranger.key", null, true);

  @TempDir static Path folder;
  private static Mosquitto mosquitto;
  private static final Map<String, Integer> PORTS = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(Mosquitto.program().isPresent(), "no mosquitto on this machine");
    Parts.ran(MosquittoIT.class, Part.MOSQUITTO);
    makeCertificates();
    String tls =
        """

        cafile %1$s/ca.pem
        certfile %1$s/broker.pem
        keyfile %1$s/broker.key\
        """
            .formatted(folder);
    mosquitto =
        Mosquitto.launch(
            listener("mqtts") + tls,
            listener("known only") + tls + "\nrequire_certificate true",
            listener("ws") + "\nprotocol websockets",
            listener("wss") + tls + "\nprotocol websockets");
  }

  private static void makeCertificates() throws Exception {
    Certificates certificates =
        new Certificates(folder)
            .authority("ca")
            .authority("other-ca")
            .signed("broker", "ca", "EC", "-ext", "san=ip:127.0.0.1")
            .signed("client", "ca", "EC")
            .signed("stranger", "other-ca", "EC");
    certificates.write("ca", false, folder.resolve("ca.pem"));
    for (String alias : List.of("broker", "client", "stranger")) {
      certificates.write(alias, true, folder.resolve(alias + ".pem"));
      certificates.writeKey(alias, folder.resolve(alias + ".key"));
    }
  }

  private static String listener(String name) throws Exception {
    PORTS.put(name, Ports.free());
    return "listener %d 127.0.0.1".formatted(PORTS.get(name));
  }

  @AfterAll
  static void stop() {
    if (mosquitto != null) {
      mosquitto.close();
    }
  }

  @Override
  MqttSettings settings() {
    MqttSettings quick = Fixtures.settings(folder);
    return new MqttSettings(
        quick.inFlightLimit(),
        quick.inFlightBytes(),
        Duration.ofSeconds(
            10), // Mosquitto reads 4 KB from a WebSocket at a time, and takes its time
        quick.reconnectDelay(),
        quick.reconnectDelayMax(),
        quick.refusedDelay(),
        folder,
        quick.certificateWarning());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqtts", "ws", "wss"})
  void given_a_transport_when_connected_then_messages_of_each_qos_go_and_come(String scheme)
      throws Exception {
    consume(3, "plant/#", done());
    Fixtures.open(connections, KEY, options(scheme, scheme, ANONYMOUS));
    awaitSubscription(3, SubscriptionStatus.State.SUBSCRIBED);

    byte[] payload = new byte[10_000];
    for (int qos = 0; qos <= 2; qos++) {
      assertThat(publish(qos, false, payload).getException()).isNull();
    }

    await().until(() -> received.size() == 3);
    assertThat(received).extracting(ReceivedMessage::qos).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(received).allMatch(message -> message.payload().length == payload.length);
  }

  @ParameterizedTest
  @CsvSource({"mqtts, TLS", "ws, WEBSOCKET", "wss, TLS", "wss, WEBSOCKET"})
  void given_a_transport_when_checked_then_its_step_is_told(String scheme, StepName step) {
    ConnectionCheck check =
        new ConnectionProbe(connections).check(options(scheme, scheme, ANONYMOUS));

    assertThat(check.success()).as(check.message()).isTrue();
    assertThat(check.steps()).extracting(Step::name).contains(step);
    assertThat(check.steps()).allMatch(Step::success);
  }

  @ParameterizedTest
  @CsvSource({
    "known, true",
    "key given, true",
    "other key, false",
    "anonymous, false",
    "stranger, false"
  })
  void given_a_broker_that_wants_a_certificate_when_checked_then_only_a_trusted_one_gets_in(
      String who, boolean accepted) throws Exception {
    String key = Files.readString(folder.resolve("client.key"));
    TlsOptions tls =
        switch (who) {
          case "known" -> KNOWN;
          case "key given" -> withKey(key);
          case "other key" -> withKey(Certificates.newKey());
          case "stranger" -> STRANGER;
          default -> ANONYMOUS;
        };
    ConnectionCheck check =
        new ConnectionProbe(connections).check(options("mqtts", "known only", tls));

    assertThat(check.success()).as(check.message()).isEqualTo(accepted);
    if (!accepted) {
      assertThat(check.message()).isNotBlank();
      assertThat(check.steps()).anyMatch(step -> !step.success());
    }
  }

  private static TlsOptions withKey(String key) {
    return new TlsOptions("ca.pem", null, "client.pem", null, key, true);
  }

  private static ConnectionOptions options(String scheme, String listener, TlsOptions tls) {
    return Fixtures.options(
        URI.create(scheme + "://127.0.0.1:" + PORTS.get(listener)),
        new WebSocketOptions("/some/path?of=ours", List.of()),
        tls);
  }
}
