package org.mqttintegration.subscription;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.TopicFilter;
import org.mqttintegration.problem.FieldError;

/**
 * What a subscription shall be (MQTT 5, section 3.8.3.1).
 *
 * @param brokerId the broker
 * @param topic the topic filter, one subscription for each at a broker
 * @param qos the maximum QoS, 0 to 2; 0 when absent
 * @param noLocal whether the broker keeps back what this very connection publishes; false when
 *     absent
 * @param retainAsPublished whether messages keep the RETAIN flag they were published with; false
 *     when absent
 * @param retainHandling when retained messages are sent: 0 on each SUBSCRIBE, 1 only on a new one,
 *     2 never; 0 when absent
 * @param historyRetention for how many seconds its messages are kept, a minute to a hundred years;
 *     as long as all others when absent
 * @param shared whether it is a Shared Subscription (section 4.8.2), whose messages the broker's
 *     shared connections have between them; false when absent
 */
public record SubscriptionRequest(
    @NotNull(message = "A subscription has a broker.") @Nullable Long brokerId,
    @NotNull(message = "A subscription has a topic filter.") @ValidTopicFilter
        @Nullable String topic,
    @Min(value = 0, message = QOS) @Max(value = 2, message = QOS) @Nullable Integer qos,
    @Nullable Boolean noLocal,
    @Nullable Boolean retainAsPublished,
    @Min(value = 0, message = RETAIN_HANDLING) @Max(value = 2, message = RETAIN_HANDLING)
        @Nullable Integer retainHandling,
    @Min(value = 60, message = RETENTION) @Max(value = 3_155_760_000L, message = RETENTION)
        @Nullable Long historyRetention,
    @Nullable Boolean shared) {

  private static final String QOS = "QoS is 0, 1 or 2.";
  private static final String RETAIN_HANDLING = "Retain handling is 0, 1 or 2.";

  private static final String RETENTION = "A retention is 60 to 3155760000 seconds.";

  /** Whether the other one asks the same broker for the same filter in the same way. */
  boolean isSameFilter(SubscriptionRequest other) {
    return Objects.equals(brokerId, other.brokerId)
        && Objects.equals(topic, other.topic)
        && isShared() == other.isShared();
  }

  private boolean isShared() {
    return Boolean.TRUE.equals(shared);
  }

  /** What fields say together. */
  void addFaults(List<FieldError> errors) {
    boolean isFilterShared = topic != null && TopicFilter.isShared(topic);
    if (isFilterShared && isShared()) {
      errors.add(
          new FieldError(
              "topic",
              "Write the filter without $share/<group>/: a shared subscription has a group of its"
                  + " own."));
    }
    if (Boolean.TRUE.equals(noLocal) && (isFilterShared || isShared())) {
      errors.add(
          new FieldError("noLocal", "A shared subscription has no No Local (section 3.8.3.1)."));
    }
  }
}
