package org.mqttintegration.broker;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.activity.RecordKind;
import org.mqttintegration.activity.RecordRef;
import org.mqttintegration.mqtt.ConnectionKey;
import org.mqttintegration.mqtt.ConnectionOptions;
import org.mqttintegration.mqtt.SessionOptions;
import org.mqttintegration.mqtt.TlsOptions;
import org.mqttintegration.mqtt.UserProperty;
import org.mqttintegration.mqtt.WebSocketOptions;
import org.mqttintegration.resource.WireName;

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
  int keepalive;
  int connectTimeout;
  @Nullable String note;
  boolean cleanStart = SessionOptions.DEFAULT.cleanStart();
  long sessionExpiry = SessionOptions.DEFAULT.expiry();
  int receiveMaximum = SessionOptions.DEFAULT.receiveMaximum();
  int maximumPacketSize = SessionOptions.DEFAULT.maximumPacketSize();

  @Convert(converter = StoredOptions.OfUserProperties.class)
  List<UserProperty> userProperties = SessionOptions.DEFAULT.userProperties();

  int sharedConnections;

  @Convert(converter = StoredOptions.OfWill.class)
  @Nullable Will will;

  @Convert(converter = StoredOptions.OfWebSocket.class)
  @Nullable WebSocket webSocket;

  @Convert(converter = StoredOptions.OfTls.class)
  @Nullable Tls tls;

  CheckStatus connectionStatus = CheckStatus.UNKNOWN;
  @Nullable String connectionMessage;
  @Nullable Instant connectionCheckedAt;

  long id() {
    return Objects.requireNonNull(id, "not stored yet");
  }

  /** As its story has it. */
  RecordRef record() {
    return RecordRef.of(RecordKind.BROKER, id(), name);
  }

  /**
   * Takes over a valid request, without its credentials. A check of other options tells nothing of
   * the new ones.
   *
   * @param otherCredentials whether these change too
   */
  void apply(BrokerRequest request, boolean otherCredentials) {
    ConnectionOptions before = id == null ? null : options(Credentials.NONE);
    name = Objects.requireNonNull(request.name());
    urlScheme = Objects.requireNonNullElse(request.urlScheme(), UrlScheme.MQTT);
    host = Objects.requireNonNull(request.host());
    port = Objects.requireNonNullElse(request.port(), urlScheme.defaultPort());
    clientId = Objects.requireNonNullElse(request.clientId(), clientId);
    username = request.username();
    keepalive = Objects.requireNonNullElse(request.keepalive(), DEFAULT_KEEPALIVE);
    connectTimeout = Objects.requireNonNullElse(request.connectTimeout(), DEFAULT_CONNECT_TIMEOUT);
    note = request.note();
    applySession(request);
    will = request.will();
    webSocket = request.webSocket();
    tls = request.tls();
    if (otherCredentials || !options(Credentials.NONE).equals(before)) {
      connectionStatus = CheckStatus.UNKNOWN;
      connectionMessage = null;
      connectionCheckedAt = null;
    }
  }

  private void applySession(BrokerRequest request) {
    SessionOptions defaults = SessionOptions.DEFAULT;
    cleanStart = Objects.requireNonNullElse(request.cleanStart(), defaults.cleanStart());
    sessionExpiry = Objects.requireNonNullElse(request.sessionExpiry(), defaults.expiry());
    receiveMaximum =
        Objects.requireNonNullElse(request.receiveMaximum(), defaults.receiveMaximum());
    maximumPacketSize =
        Objects.requireNonNullElse(request.maximumPacketSize(), defaults.maximumPacketSize());
    userProperties =
        Objects.requireNonNullElse(request.userProperties(), defaults.userProperties());
    sharedConnections = Objects.requireNonNullElse(request.sharedConnections(), 0);
  }

  /** The request that would store what is stored; without the credentials, which stay. */
  BrokerRequest asRequest() {
    return new BrokerRequest(
        name,
        urlScheme,
        host,
        port,
        clientId,
        username,
        null,
        null,
        keepalive,
        connectTimeout,
        note,
        cleanStart,
        sessionExpiry,
        receiveMaximum,
        maximumPacketSize,
        userProperties,
        will,
        webSocket,
        tls,
        sharedConnections);
  }

  /** How its shared subscriptions are spread. */
  Sharing sharing() {
    List<String> shares =
        IntStream.rangeClosed(1, sharedConnections)
            .mapToObj(number -> ConnectionKey.of(id(), number))
            .toList();
    return new Sharing(
        clientId.replaceAll("[/+#]", "-"),
        shares.isEmpty() ? List.of(ConnectionKey.of(id())) : shares);
  }

  /** Its connections by their keys: its own first, then those that share. */
  Map<String, ConnectionOptions> connections(Credentials credentials) {
    ConnectionOptions own = options(credentials);
    Map<String, ConnectionOptions> all = new LinkedHashMap<>();
    all.put(ConnectionKey.of(id()), own);
    for (int number = 1; number <= sharedConnections; number++) {
      all.put(ConnectionKey.of(id(), number), own.forShare(number));
    }
    return all;
  }

  ConnectionOptions options(Credentials credentials) {
    return new ConnectionOptions(
        uri(),
        clientId,
        username,
        credentials.password(),
        Duration.ofSeconds(keepalive),
        Duration.ofSeconds(connectTimeout),
        new SessionOptions(
            cleanStart, sessionExpiry, receiveMaximum, maximumPacketSize, userProperties),
        will == null ? null : will.options(),
        webSocket == null ? WebSocketOptions.DEFAULT : webSocket.options(),
        tls == null ? TlsOptions.DEFAULT : tls.options(credentials.clientKey()));
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
