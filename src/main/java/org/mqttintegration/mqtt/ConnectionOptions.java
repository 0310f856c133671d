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
 */
public record ConnectionOptions(
    URI serverUri,
    String clientId,
    @Nullable String username,
    @Nullable String password,
    Duration keepalive,
    Duration connectTimeout) {

  /** The same connection under another Client Identifier. */
  public ConnectionOptions withClientId(String other) {
    return new ConnectionOptions(serverUri, other, username, password, keepalive, connectTimeout);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ConnectionOptions[serverUri=%s, clientId=%s]".formatted(serverUri, clientId);
  }
}
