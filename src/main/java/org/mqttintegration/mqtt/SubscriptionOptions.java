package org.mqttintegration.mqtt;

import org.eclipse.paho.mqttv5.common.MqttSubscription;

/**
 * What one SUBSCRIBE asks for (MQTT 5, section 3.8).
 *
 * @param identifier the Subscription Identifier, 1 to 268,435,455, unique in the connection
 * @param topicFilter the topic filter
 * @param qos the maximum QoS asked for, 0 to 2
 * @param noLocal No Local
 * @param retainAsPublished Retain As Published
 * @param retainHandling Retain Handling, 0 to 2
 */
public record SubscriptionOptions(
    int identifier,
    String topicFilter,
    int qos,
    boolean noLocal,
    boolean retainAsPublished,
    int retainHandling) {

  /**
   * The largest identifier there is: that of the topics which responses to our requests come to.
   */
  public static final int RESPONSES = 268_435_455;

  /**
   * As Paho takes it.
   *
   * @param sessionPresent whether the broker resumed our session: retained messages that came
   *     before are not asked for again then (Retain Handling 1 instead of 0)
   */
  MqttSubscription toPaho(boolean sessionPresent) {
    MqttSubscription subscription = new MqttSubscription(topicFilter, qos);
    subscription.setNoLocal(noLocal);
    subscription.setRetainAsPublished(retainAsPublished);
    subscription.setRetainHandling(sessionPresent && retainHandling == 0 ? 1 : retainHandling);
    return subscription;
  }
}
