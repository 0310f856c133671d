package org.mqttintegration.mqtt;

import java.util.Map;

/** What the reason codes of MQTT 5 (section 2.4) mean, in the standard's words. */
public final class ReasonCode {

  /** The lowest code that means failure. */
  public static final int FIRST_FAILURE = 0x80;

  /** A PUBACK or PUBREC of a message that the broker accepted, and that nobody subscribes to. */
  public static final int NO_MATCHING_SUBSCRIBERS = 0x10;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0x00, "Success"),
          Map.entry(0x04, "Disconnect with Will Message"),
          Map.entry(0x10, "No matching subscribers"),
          Map.entry(0x11, "No subscription existed"),
          Map.entry(0x18, "Continue authentication"),
          Map.entry(0x19, "Re-authenticate"),
          Map.entry(0x80, "Unspecified error"),
          Map.entry(0x81, "Malformed Packet"),
          Map.entry(0x82, "Protocol Error"),
          Map.entry(0x83, "Implementation specific error"),
          Map.entry(0x84, "Unsupported Protocol Version"),
          Map.entry(0x85, "Client Identifier not valid"),
          Map.entry(0x86, "Bad User Name or Password"),
          Map.entry(0x87, "Not authorized"),
          Map.entry(0x88, "Server unavailable"),
          Map.entry(0x89, "Server busy"),
          Map.entry(0x8A, "Banned"),
          Map.entry(0x8B, "Server shutting down"),
          Map.entry(0x8C, "Bad authentication method"),
          Map.entry(0x8D, "Keep Alive timeout"),
          Map.entry(0x8E, "Session taken over"),
          Map.entry(0x8F, "Topic Filter invalid"),
          Map.entry(0x90, "Topic Name invalid"),
          Map.entry(0x91, "Packet Identifier in use"),
          Map.entry(0x92, "Packet Identifier not found"),
          Map.entry(0x93, "Receive Maximum exceeded"),
          Map.entry(0x94, "Topic Alias invalid"),
          Map.entry(0x95, "Packet too large"),
          Map.entry(0x96, "Message rate too high"),
          Map.entry(0x97, "Quota exceeded"),
          Map.entry(0x98, "Administrative action"),
          Map.entry(0x99, "Payload format invalid"),
          Map.entry(0x9A, "Retain not supported"),
          Map.entry(0x9B, "QoS not supported"),
          Map.entry(0x9C, "Use another server"),
          Map.entry(0x9D, "Server moved"),
          Map.entry(0x9E, "Shared Subscriptions not supported"),
          Map.entry(0x9F, "Connection rate exceeded"),
          Map.entry(0xA0, "Maximum connect time"),
          Map.entry(0xA1, "Subscription Identifiers not supported"),
          Map.entry(0xA2, "Wildcard Subscriptions not supported"));

  private ReasonCode() {}

  /** The standard's name of a code. */
  public static String name(int code) {
    return NAMES.getOrDefault(code, "Unknown reason code");
  }

  /** Name and code, as in {@code Not authorized (0x87)}. */
  public static String describe(int code) {
    return "%s (0x%02X)".formatted(name(code), code);
  }

  /** Whether the code means failure. */
  public static boolean isFailure(int code) {
    return code >= FIRST_FAILURE;
  }
}
