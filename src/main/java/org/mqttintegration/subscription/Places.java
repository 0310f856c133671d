package org.mqttintegration.subscription;

import java.util.List;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.broker.Sharing;
import org.mqttintegration.mqtt.ConnectionKey;
import org.mqttintegration.mqtt.EndpointUri;
import org.springframework.stereotype.Component;

/**
 * Where subscriptions are made: on the connection of their broker, and a shared one as a Shared
 * Subscription on each connection that shares (MQTT 5, section 4.8.2).
 */
@Component
class Places {

  private final Brokers brokers;

  Places(Brokers brokers) {
    this.brokers = brokers;
  }

  /**
   * One connection that a subscription is made on.
   *
   * @param connection its key
   * @param topicFilter what the broker is asked for there
   * @param endpointUri the endpoint that consumes it
   */
  record Place(String connection, String topicFilter, String endpointUri) {}

  List<Place> of(SubscriptionEntity subscription) {
    if (!subscription.shared) {
      return List.of(
          place(subscription, ConnectionKey.of(subscription.brokerId), subscription.topic));
    }
    Sharing sharing = brokers.sharing(subscription.brokerId);
    String topicFilter = sharing.topicFilter(subscription.topic);
    return sharing.connections().stream()
        .map(key -> place(subscription, key, topicFilter))
        .toList();
  }

  private static Place place(SubscriptionEntity subscription, String key, String topicFilter) {
    return new Place(
        key, topicFilter, EndpointUri.subscription(key, subscription.options(topicFilter)));
  }
}
