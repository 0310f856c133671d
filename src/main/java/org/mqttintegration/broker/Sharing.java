package org.mqttintegration.broker;

import java.util.List;

/**
 * How the shared subscriptions of a broker are spread (MQTT 5, section 4.8.2).
 *
 * @param shareName the ShareName, which has the Client Identifier in it: another installation has
 *     another one
 * @param connections the keys of the connections that share; the broker's own when it has no others
 */
public record Sharing(String shareName, List<String> connections) {

  /** The Shared Subscription to a topic filter. */
  public String topicFilter(String filter) {
    return "$share/%s/%s".formatted(shareName, filter);
  }
}
