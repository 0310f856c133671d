package org.mqttintegration.bridge;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.RecordedMessage;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.mqtt.UserProperty;

/**
 * How often a message went through a route that received it and sent it on, so that none circles
 * for ever. The count goes along as a user property, since a circle may go through other brokers
 * and other instances.
 */
final class Hops {

  /** The user property. */
  static final String USER_PROPERTY = "mqtt-integration-hops";

  /** A property of the exchange: the hops of the received message, an Integer. */
  private static final String PROPERTY = "mqttHops";

  private static final int MOST_DIGITS = 4;

  private Hops() {}

  /** Remembers, apart from headers, how far the message of an exchange has come. */
  static void begin(Exchange exchange, RecordedMessage message) {
    int hops =
        message.properties().userProperties().stream()
            .filter(property -> property.name().equals(USER_PROPERTY))
            .mapToInt(property -> count(property.value()))
            .max()
            .orElse(0);
    exchange.setProperty(PROPERTY, hops);
  }

  /**
   * The properties of a message to send, with one hop more than what the exchange received.
   *
   * @param limit the most hops
   * @throws HopLimitException when these are more
   */
  static MessageProperties next(Exchange exchange, MessageProperties properties, int limit) {
    List<UserProperty> others = new ArrayList<>(properties.userProperties());
    others.removeIf(property -> property.name().equals(USER_PROPERTY));
    Integer received = exchange.getProperty(PROPERTY, Integer.class);
    if (received != null) {
      if (received >= limit) {
        throw new HopLimitException(limit);
      }
      others.add(new UserProperty(USER_PROPERTY, Integer.toString(received + 1)));
    }
    return properties.withUserProperties(others);
  }

  /** What is no count counts nothing. */
  private static int count(@Nullable String value) {
    return value != null && value.length() <= MOST_DIGITS && value.matches("[0-9]+")
        ? Integer.parseInt(value)
        : 0;
  }
}
