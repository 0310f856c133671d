package org.mqttintegration.mqtt;

import java.nio.charset.StandardCharsets;

/**
 * The URIs of {@code paho-mqtt5} endpoints that share a broker's connection. A topic filter may
 * hold any character, and Camel gives a meaning to many of them, so all but letters, digits, {@code
 * _ . -} and single slashes are written as {@code ~} and two hexadecimal digits for each byte of
 * their UTF-8.
 */
public final class EndpointUri {

  private static final String SCHEME = "paho-mqtt5:";

  private EndpointUri() {}

  /**
   * Consumes what one subscription receives.
   *
   * @param key the connection's key
   */
  public static String subscription(String key, SubscriptionOptions options) {
    return SCHEME
        + escape(options.topicFilter())
        + "?connection=%s&subscriptionIdentifier=%d&qos=%d&noLocal=%s&retainAsPublished=%s&retainHandling=%d"
            .formatted(
                key,
                options.identifier(),
                options.qos(),
                options.noLocal(),
                options.retainAsPublished(),
                options.retainHandling());
  }

  /** Consumes what reaches the connection and none of its subscriptions asked for. */
  public static String unmatched(String key) {
    return SCHEME + "unmatched?unmatched=true&connection=" + key;
  }

  /** Publishes to the topic that the header {@code CamelPahoOverrideTopic} names. */
  public static String publish(String key) {
    return SCHEME + "publish?connection=" + key;
  }

  static String escape(String topicFilter) {
    StringBuilder path = new StringBuilder(topicFilter.length() + 8);
    char before = '/'; // a leading slash is escaped too
    for (byte octet : topicFilter.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      if (isPlain(c) || (c == '/' && before != '/')) {
        path.append(c);
      } else {
        path.append('~').append("%02X".formatted((int) c));
      }
      before = c;
    }
    return path.toString();
  }

  static String unescape(String path) {
    byte[] octets = new byte[path.length() * 3];
    int length = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '~' && i + 2 < path.length() && isHex(path, i + 1)) {
        octets[length++] = (byte) Integer.parseInt(path.substring(i + 1, i + 3), 16);
        i += 2;
      } else {
        for (byte octet : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
          octets[length++] = octet;
        }
      }
    }
    return new String(octets, 0, length, StandardCharsets.UTF_8);
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.';
  }

  private static boolean isHex(String path, int at) {
    return Character.digit(path.charAt(at), 16) >= 0
        && Character.digit(path.charAt(at + 1), 16) >= 0;
  }
}
