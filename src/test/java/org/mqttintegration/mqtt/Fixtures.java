package org.mqttintegration.mqtt;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.mqttintegration.outbound.OutboundAddresses;
import org.mqttintegration.outbound.OutboundOfTests;
import org.springframework.util.unit.DataSize;

/** What tests of connections have in common: short delays, and options with nothing special. */
final class Fixtures {

  private Fixtures() {}

  static MqttSettings settings() {
    return settings(Path.of("target/none"));
  }

  static MqttSettings settings(Path certificates) {
    return new MqttSettings(
        100, // 50 of a connection
        DataSize.ofMegabytes(64),
        Duration.ofMillis(800),
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofMinutes(5),
        certificates,
        Duration.ofDays(30));
  }

  static MqttConnections connections(MqttSettings settings, Consumer<Object> events) {
    return connections(settings, new KeptInMemory(), events);
  }

  static MqttConnections connections(
      MqttSettings settings, UnreleasedPackets unreleased, Consumer<Object> events) {
    return connections(settings, unreleased, new BegunInMemory(), events);
  }

  static MqttConnections connections(
      MqttSettings settings,
      UnreleasedPackets unreleased,
      OutboundPackets outbound,
      Consumer<Object> events) {
    return connections(settings, OutboundOfTests.defaults(), unreleased, outbound, events);
  }

  static MqttConnections connections(OutboundAddresses addresses, Consumer<Object> events) {
    return connections(settings(), addresses, new KeptInMemory(), new BegunInMemory(), events);
  }

  private static MqttConnections connections(
      MqttSettings settings,
      OutboundAddresses addresses,
      UnreleasedPackets unreleased,
      OutboundPackets outbound,
      Consumer<Object> events) {
    BrokerTransports transports = new BrokerTransports(new CertificateFiles(settings), addresses);
    return new MqttConnections(settings, transports, unreleased, outbound, events::accept);
  }

  /** Opens a connection that is nobody else's. */
  static void open(MqttConnections connections, String key, ConnectionOptions options) {
    connections.open(key, options, () -> true);
  }

  static ConnectionOptions options(URI uri) {
    return options(uri, Duration.ofSeconds(30));
  }

  static ConnectionOptions options(URI uri, Duration keepalive) {
    return options(uri, "test", keepalive);
  }

  static ConnectionOptions options(URI uri, String clientId) {
    return options(uri, clientId, Duration.ofSeconds(30));
  }

  private static ConnectionOptions options(URI uri, String clientId, Duration keepalive) {
    return ConnectionOptions.of(uri, clientId, keepalive, Duration.ofSeconds(2));
  }

  static ConnectionOptions options(URI uri, WebSocketOptions webSocket, TlsOptions tls) {
    ConnectionOptions plain = options(uri);
    return new ConnectionOptions(
        uri,
        plain.clientId(),
        null,
        null,
        plain.keepalive(),
        plain.connectTimeout(),
        plain.session(),
        null,
        webSocket,
        tls);
  }
}
