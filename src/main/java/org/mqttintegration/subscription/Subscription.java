package org.mqttintegration.subscription;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as everybody may see it.
 *
 * @param id its id, which is its Subscription Identifier too
 * @param brokerId the broker
 * @param topic the topic filter
 * @param qos the maximum QoS that is asked for
 * @param noLocal No Local
 * @param retainAsPublished Retain As Published
 * @param retainHandling Retain Handling
 * @param historyRetention for how many seconds its messages are kept, null for as long as all
 *     others
 * @param shared whether the broker's shared connections have its messages between them
 * @param displayName topic filter and broker, for a person to read
 * @param subscribed whether the broker granted it, and still does
 * @param subscriptionTime when the broker granted it last
 * @param subscriptionInProgress whether the broker's answer is awaited
 * @param subscriptionStatus where it stands
 * @param statusMessage why, null when there is nothing to say
 * @param grantedQos the QoS that the broker granted
 */
public record Subscription(
    long id,
    long brokerId,
    String topic,
    int qos,
    boolean noLocal,
    boolean retainAsPublished,
    int retainHandling,
    @Nullable Long historyRetention,
    boolean shared,
    String displayName,
    boolean subscribed,
    @Nullable Instant subscriptionTime,
    boolean subscriptionInProgress,
    Status subscriptionStatus,
    @Nullable String statusMessage,
    @Nullable Integer grantedQos) {

  /** Where a subscription stands. */
  @EnumNaming(CamelCaseStrategy.class)
  public enum Status {
    /** Not wanted, and never was granted. */
    NEW,
    /** Wanted; the connection or the broker's answer is awaited. */
    SUBSCRIBING,
    /** Wanted and granted. */
    SUBSCRIBED,
    /** No longer wanted. */
    UNSUBSCRIBED,
    /** Wanted, and refused or not answered. */
    FAILED
  }
}
