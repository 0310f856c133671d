package org.mqttintegration.broker;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ConnectionOptions;
import org.mqttintegration.resource.WireName;
import org.mqttintegration.resource.WriteOnly;

/** A row of {@code broker}. */
@Entity(name = "Broker")
@Table(name = "broker")
class BrokerEntity {

  static final int DEFAULT_KEEPALIVE = 60;
  static final int DEFAULT_CONNECT_TIMEOUT = 10;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  String name = "";
  UrlScheme urlScheme = UrlScheme.MQTT;
  String host = "";
  int port;
  String clientId = "";
  @Nullable String username;
  @Nullable String password;
  int keepalive;
  int connectTimeout;
  @Nullable String note;
  CheckStatus connectionStatus = CheckStatus.UNKNOWN;
  @Nullable String connectionMessage;
  @Nullable Instant connectionCheckedAt;

  long id() {
    return Objects.requireNonNull(id, "not stored yet");
  }

  /** Takes over a valid request. A check of other options tells nothing of the new ones. */
  void apply(BrokerRequest request) {
    ConnectionOptions before = id == null ? null : options();
    name = Objects.requireNonNull(request.name());
    urlScheme = Objects.requireNonNullElse(request.urlScheme(), UrlScheme.MQTT);
    host = Objects.requireNonNull(request.host());
    port = Objects.requireNonNullElse(request.port(), urlScheme.defaultPort());
    clientId = Objects.requireNonNullElse(request.clientId(), clientId);
    username = request.username();
    password = WriteOnly.apply(request.password(), password);
    keepalive = Objects.requireNonNullElse(request.keepalive(), DEFAULT_KEEPALIVE);
    connectTimeout = Objects.requireNonNullElse(request.connectTimeout(), DEFAULT_CONNECT_TIMEOUT);
    note = request.note();
    if (!options().equals(before)) {
      connectionStatus = CheckStatus.UNKNOWN;
      connectionMessage = null;
      connectionCheckedAt = null;
    }
  }

  /** The request that would store what is stored; without the password, which stays. */
  BrokerRequest asRequest() {
    return new BrokerRequest(
        name, urlScheme, host, port, clientId, username, null, keepalive, connectTimeout, note);
  }

  ConnectionOptions options() {
    return new ConnectionOptions(
        uri(),
        clientId,
        username,
        password,
        Duration.ofSeconds(keepalive),
        Duration.ofSeconds(connectTimeout));
  }

  private URI uri() {
    try {
      String scheme = WireName.of(urlScheme);
      return new URI(scheme, null, host, port, null, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("broker %d has a host that is none".formatted(id), e);
    }
  }
}
