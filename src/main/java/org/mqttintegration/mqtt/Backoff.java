package org.mqttintegration.mqtt;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt to connect. The delay doubles from one failed attempt to
 * the next, up to a longest one; the reason code of a refusal makes it longer. Never exactly as
 * long, so that many do not come at once.
 */
final class Backoff {

  private static final int MAX_DOUBLINGS = 20;

  /** How much longer the first delay is when the broker has too much to do. */
  private static final int BUSY_FACTOR = 10;

  /** Another attempt changes nothing by itself, or does harm. */
  private static final Set<Integer> REFUSED =
      Set.of(
          0x84, // Unsupported Protocol Version
          0x85, // Client Identifier not valid
          0x86, // Bad User Name or Password
          0x87, // Not authorized
          0x8A, // Banned
          0x8C, // Bad authentication method
          0x8E, // Session taken over: coming back at once would take it over again
          0x9D); // Server moved

  /** The broker asks for less. */
  private static final Set<Integer> BUSY =
      Set.of(
          0x89, // Server busy
          0x96, // Message rate too high
          0x97, // Quota exceeded
          0x9C, // Use another server
          0x9F); // Connection rate exceeded

  /** No reason code: our own settings refuse the broker's address. */
  static final int NOT_PERMITTED = -1;

  private final MqttSettings settings;
  private int failures;

  Backoff(MqttSettings settings) {
    this.settings = settings;
  }

  /** It worked, or it is another broker: the next failure is the first one. */
  void reset() {
    failures = 0;
  }

  /** Whether another attempt waits long after this reason code. */
  static boolean isRefusal(int reasonCode) {
    return reasonCode == NOT_PERMITTED || REFUSED.contains(reasonCode);
  }

  /**
   * The delay after one more failure.
   *
   * @param reasonCode that of the broker's refusal, {@link #NOT_PERMITTED}, or 0 for any other
   *     failure
   */
  Duration next(int reasonCode) {
    int doublings = Math.min(failures++, MAX_DOUBLINGS);
    if (isRefusal(reasonCode)) {
      long refused = settings.refusedDelay().toMillis();
      return random(refused, refused + refused / 10);
    }
    long first =
        settings.reconnectDelay().toMillis() * (BUSY.contains(reasonCode) ? BUSY_FACTOR : 1);
    long longest = Math.max(first, settings.reconnectDelayMax().toMillis());
    long full = Math.min(longest, first << doublings);
    return random(full / 2, full);
  }

  /** Whether the failure that was counted last is the first one. */
  boolean isFirst() {
    return failures == 1;
  }

  private static Duration random(long least, long most) {
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(least, most + 1));
  }
}
