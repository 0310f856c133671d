package org.mqttintegration.mqtt;

import java.util.List;

/**
 * How a WebSocket is asked for (RFC 6455, section 4.1).
 *
 * @param path where, with a query if there is one
 * @param headers further headers of the request, in order, repeats kept
 */
public record WebSocketOptions(String path, List<UserProperty> headers) {

  /** What most brokers offer. */
  public static final WebSocketOptions DEFAULT = new WebSocketOptions("/mqtt", List.of());

  public WebSocketOptions {
    headers = List.copyOf(headers);
  }

  /** Without the headers, which may hold secrets. */
  @Override
  public String toString() {
    return "WebSocketOptions[path=%s]".formatted(path);
  }
}
