package org.mqttintegration.console.routes;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What people call an endpoint.
 *
 * @param key the same for URIs that name the same place
 * @param title what it is
 * @param detail where it is
 */
record EndpointName(String key, String title, String detail) {

  private static final String SIGNAL = "signal";

  /** The name of the endpoint with that URI. */
  static EndpointName of(String uri) {
    int colon = uri.indexOf(':');
    int query = uri.indexOf('?');
    if (colon < 0 || query >= 0 && query < colon) {
      return new EndpointName(uri, uri, "");
    }
    String scheme = uri.substring(0, colon);
    String path = uri.substring(colon + 1, query < 0 ? uri.length() : query);
    path = path.replaceFirst("^/+", "");
    if (scheme.equals(SIGNAL)) {
      return signal(path, query < 0 ? "" : uri.substring(query + 1));
    }
    return new EndpointName(scheme + ":" + path, scheme, decoded(path));
  }

  private static EndpointName signal(String operation, String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
    String topic = parameters.getOrDefault("topic", operation.equals("send") ? "" : "#");
    String broker = parameters.getOrDefault("broker", "");
    String title = operation.equals("send") ? "Sends to " + broker : "From " + broker;
    return new EndpointName(
        String.join("\n", SIGNAL, operation, broker, topic),
        title,
        topic.isEmpty() ? "a topic of each message" : topic);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }
}
