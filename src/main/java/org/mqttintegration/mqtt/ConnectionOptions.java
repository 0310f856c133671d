package org.mqttintegration.mqtt;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to connect to one broker (MQTT 5, section 3.1).
 *
 * @param serverUri {@code mqtt://}, {@code mqtts://}, {@code ws://} or {@code wss://} with host and
 *     port
 * @param clientId the Client Identifier, unique at the broker
 * @param username the User Name, null for none
 * @param password the Password, null for none
 * @param keepalive the Keep Alive, 0 to 65,535 s; zero switches it off
 * @param connectTimeout how long each of TCP, TLS and CONNACK may take
 * @param session what is asked of the session
 * @param will the message that the broker publishes when it loses us, null for none
 * @param webSocket how a WebSocket is asked for
 * @param tls whom to trust, and who we are
 */
public record ConnectionOptions(
    URI serverUri,
    String clientId,
    @Nullable String username,
    @Nullable String password,
    Duration keepalive,
    Duration connectTimeout,
    SessionOptions session,
    @Nullable WillOptions will,
    WebSocketOptions webSocket,
    TlsOptions tls) {

  /** A connection with nothing but the defaults, for whoever needs no more. */
  public static ConnectionOptions of(
      URI serverUri, String clientId, Duration keepalive, Duration connectTimeout) {
    return new ConnectionOptions(
        serverUri,
        clientId,
        null,
        null,
        keepalive,
        connectTimeout,
        SessionOptions.DEFAULT,
        null,
        WebSocketOptions.DEFAULT,
        TlsOptions.DEFAULT);
  }

  /**
   * The same connection for a check: under another Client Identifier, without a will, and with a
   * session that ends with it.
   */
  ConnectionOptions forCheck(String otherClientId) {
    SessionOptions once =
        new SessionOptions(
            true,
            0,
            session.receiveMaximum(),
            session.maximumPacketSize(),
            session.userProperties());
    return new ConnectionOptions(
        serverUri,
        otherClientId,
        username,
        password,
        keepalive,
        connectTimeout,
        once,
        null,
        webSocket,
        tls);
  }

  /**
   * One of the connections that share the messages of shared subscriptions: under a Client
   * Identifier and with a session of its own, and without the will, which is published once.
   *
   * @param number from 1
   */
  public ConnectionOptions forShare(int number) {
    return new ConnectionOptions(
        serverUri,
        "%s-%d".formatted(clientId, number),
        username,
        password,
        keepalive,
        connectTimeout,
        session,
        null,
        webSocket,
        tls);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ConnectionOptions[serverUri=%s, clientId=%s]".formatted(serverUri, clientId);
  }
}
