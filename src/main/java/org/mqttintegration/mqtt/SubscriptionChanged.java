package org.mqttintegration.mqtt;

/**
 * An application event: the broker answered a SUBSCRIBE, or a subscription lost its connection.
 *
 * @param key the key under which the connection was opened
 * @param identifier the Subscription Identifier (MQTT 5, section 3.8.2.1.2) that the endpoint chose
 * @param status the new status
 */
public record SubscriptionChanged(String key, int identifier, SubscriptionStatus status) {

  /**
   * Whether it is of the topics that responses come to, and not of a subscription somebody made.
   */
  public boolean isOfResponses() {
    return identifier == SubscriptionOptions.RESPONSES;
  }
}
