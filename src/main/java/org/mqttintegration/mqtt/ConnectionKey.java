package org.mqttintegration.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * The keys of the connections to a broker: {@code 7} for its own, {@code 7-1}, {@code 7-2} … for
 * those that share the messages of its shared subscriptions (MQTT 5, section 4.8.2).
 */
public final class ConnectionKey {

  private static final char SHARE = '-';

  private ConnectionKey() {}

  /** The key of a broker's own connection. */
  public static String of(long brokerId) {
    return Long.toString(brokerId);
  }

  /**
   * The key of one of the connections that share.
   *
   * @param number from 1
   */
  public static String of(long brokerId, int number) {
    return of(brokerId) + SHARE + number;
  }

  /** The number of one of the connections that share, empty for a broker's own. */
  public static String share(String key) {
    int end = key.indexOf(SHARE);
    return end < 0 ? "" : key.substring(end + 1);
  }

  /** Whether it is that of one of the connections that share. */
  public static boolean isShare(String key) {
    return !share(key).isEmpty();
  }

  /** The id of the broker whose own connection it is, null when it is another one. */
  public static @Nullable Long ownBrokerId(String key) {
    return isShare(key) ? null : brokerId(key);
  }

  /** The id of the broker that a connection is to, null when it is no broker's. */
  public static @Nullable Long brokerId(String key) {
    int end = key.indexOf(SHARE);
    try {
      return Long.valueOf(end < 0 ? key : key.substring(0, end));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
