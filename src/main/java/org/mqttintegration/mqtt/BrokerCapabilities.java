package org.mqttintegration.mqtt;

import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.jspecify.annotations.Nullable;

/**
 * What a broker can do, as its CONNACK says (MQTT 5, section 3.2.2.3); where it says nothing, what
 * that means.
 *
 * @param maximumQos the highest QoS that it takes
 * @param retainAvailable whether it keeps retained messages
 * @param wildcardSubscriptionAvailable whether it takes topic filters with + and #
 * @param subscriptionIdentifiersAvailable whether it tells which subscription a message is for
 * @param sharedSubscriptionAvailable whether it takes {@code $share/group/filter}
 * @param receiveMaximum how many QoS 1 and 2 messages it takes before it answers one
 * @param maximumPacketSize the largest packet that it takes, in bytes; null for no limit
 * @param topicAliasMaximum how many topic aliases it takes
 * @param sessionExpiry how long it keeps our session, in seconds; null for as long as we asked
 * @param serverKeepAlive the Keep Alive that it wants in place of ours, in seconds; null for none
 * @param assignedClientIdentifier the Client Identifier that it gave us; null for ours
 */
public record BrokerCapabilities(
    int maximumQos,
    boolean retainAvailable,
    boolean wildcardSubscriptionAvailable,
    boolean subscriptionIdentifiersAvailable,
    boolean sharedSubscriptionAvailable,
    int receiveMaximum,
    @Nullable Long maximumPacketSize,
    int topicAliasMaximum,
    @Nullable Long sessionExpiry,
    @Nullable Integer serverKeepAlive,
    @Nullable String assignedClientIdentifier) {

  static final int MAX_TWO_BYTES = 65_535;

  /** Everything, as of a broker whose CONNACK has no properties. */
  static final BrokerCapabilities ALL =
      new BrokerCapabilities(2, true, true, true, true, MAX_TWO_BYTES, null, 0, null, null, null);

  /** Why the broker does not take a topic filter, null when it does. */
  @Nullable String fault(String topicFilter) {
    if (!sharedSubscriptionAvailable && TopicFilter.isShared(topicFilter)) {
      return "it takes no shared subscriptions";
    }
    return !wildcardSubscriptionAvailable
            && TopicFilter.hasWildcard(TopicFilter.withoutShare(topicFilter))
        ? "it takes no topic filters with + or #"
        : null;
  }

  /**
   * Why the broker does not take a message, null when it does. Paho would lower the QoS and drop
   * RETAIN without a word, and end the connection for a message that is too large.
   */
  @Nullable String fault(String topic, MqttMessage message) {
    if (message.getQos() > maximumQos) {
      return "it takes at most QoS " + maximumQos;
    }
    if (message.isRetained() && !retainAvailable) {
      return "it takes no retained messages";
    }
    Long limit = maximumPacketSize;
    if (limit == null) {
      return null;
    }
    long size = size(topic, message);
    return size > limit
        ? "it takes packets of at most %,d bytes, and this one has %,d".formatted(limit, size)
        : null;
  }

  private static long size(String topic, MqttMessage message) {
    try {
      MqttPublish publish = new MqttPublish(topic, message, message.getProperties());
      return (long) publish.getHeader().length + publish.getPayload().length;
    } catch (MqttException e) {
      return 0; // Paho refuses it with the reason
    }
  }
}
