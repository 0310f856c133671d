package org.mqttintegration.mqtt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A PUBLISH packet (MQTT 5, section 3.3) as it arrived, for one of the subscriptions that it
 * matched.
 *
 * @param receivedAt when it was read, in microseconds
 * @param topic the Topic Name
 * @param payload the payload, byte for byte; not to be changed
 * @param qos the QoS it came with
 * @param retain the RETAIN flag
 * @param duplicate whether the session certainly delivered it before, and it is in the history
 * @param properties its MQTT 5 properties
 * @param subscriptionIdentifier the identifier of the subscription, null where the broker sent none
 * @param delivery which of the session's deliveries it is
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ReceivedMessage(
    Instant receivedAt,
    String topic,
    byte[] payload,
    int qos,
    boolean retain,
    boolean duplicate,
    MessageProperties properties,
    @Nullable Integer subscriptionIdentifier,
    Delivery delivery) {

  /**
   * Tells the deliveries of a session apart.
   *
   * @param connection the connection's key
   * @param packetIdentifier the Packet Identifier, 0 for QoS 0
   * @param recipient the identifier of the subscription that it is for, 0 when no subscription
   *     asked for it
   * @param fingerprint of the message, which tells it from another one under the same identifier; 0
   *     for QoS 0
   */
  public record Delivery(
      String connection, int packetIdentifier, int recipient, long fingerprint) {}

  /**
   * The properties of a PUBLISH that end at the application (section 3.3.2.3).
   *
   * @param contentType the Content Type
   * @param payloadFormatIndicator 0 for bytes, 1 for UTF-8
   * @param messageExpiryInterval the rest of the message's life, in seconds
   * @param responseTopic the Response Topic
   * @param correlationData the Correlation Data
   * @param userProperties the User Properties, in order, repeats kept
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record MessageProperties(
      @Nullable String contentType,
      @Nullable Integer payloadFormatIndicator,
      @Nullable Long messageExpiryInterval,
      @Nullable String responseTopic,
      byte @Nullable [] correlationData,
      List<UserProperty> userProperties) {

    /** No property at all. */
    public static final MessageProperties NONE =
        new MessageProperties(null, null, null, null, null, List.of());

    /** The same with another life, in seconds. */
    public MessageProperties withMessageExpiryInterval(long seconds) {
      return new MessageProperties(
          contentType,
          payloadFormatIndicator,
          seconds,
          responseTopic,
          correlationData,
          userProperties);
    }

    /** The same with other user properties. */
    public MessageProperties withUserProperties(List<UserProperty> others) {
      return new MessageProperties(
          contentType,
          payloadFormatIndicator,
          messageExpiryInterval,
          responseTopic,
          correlationData,
          others);
    }

    /** The same with one user property, in place of those of its name. */
    public MessageProperties withUserProperty(UserProperty property) {
      List<UserProperty> others = new ArrayList<>(userProperties);
      others.removeIf(other -> other.name().equals(property.name()));
      others.add(property);
      return withUserProperties(others);
    }

    /** The value of the first user property of a name, null when there is none. */
    public @Nullable String userProperty(String name) {
      for (UserProperty property : userProperties) {
        if (property.name().equals(name)) {
          return property.value();
        }
      }
      return null;
    }

    /** The same as of a request (section 4.10). */
    public MessageProperties withResponseTopic(String topic, byte[] correlation) {
      return new MessageProperties(
          contentType,
          payloadFormatIndicator,
          messageExpiryInterval,
          topic,
          correlation,
          userProperties);
    }
  }
}
