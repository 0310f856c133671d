package org.mqttintegration.subscription;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.activity.RecordKind;
import org.mqttintegration.activity.RecordRef;
import org.mqttintegration.mqtt.SubscriptionOptions;

/** A row of {@code subscription}. */
@Entity(name = "Subscription")
@Table(name = "subscription")
class SubscriptionEntity {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  long brokerId;
  String topic = "";
  int qos;
  boolean noLocal;
  boolean retainAsPublished;
  int retainHandling;
  @Nullable Long historyRetention;
  boolean shared;
  boolean wanted;
  @Nullable Instant subscriptionTime;

  long id() {
    return Objects.requireNonNull(id, "not stored yet");
  }

  /** As its story has it. */
  RecordRef record() {
    return RecordRef.of(RecordKind.SUBSCRIPTION, id(), topic);
  }

  /** The Subscription Identifier (MQTT 5, section 3.8.2.1.2). */
  int identifier() {
    return Math.toIntExact(id());
  }

  /** What is asked for on each of its connections. */
  SubscriptionOptions options(String topicFilter) {
    return new SubscriptionOptions(
        identifier(), topicFilter, qos, noLocal, retainAsPublished, retainHandling);
  }

  /** Takes over a valid request. */
  void apply(SubscriptionRequest request) {
    brokerId = Objects.requireNonNull(request.brokerId());
    topic = Objects.requireNonNull(request.topic());
    qos = Objects.requireNonNullElse(request.qos(), 0);
    noLocal = Objects.requireNonNullElse(request.noLocal(), false);
    retainAsPublished = Objects.requireNonNullElse(request.retainAsPublished(), false);
    retainHandling = Objects.requireNonNullElse(request.retainHandling(), 0);
    historyRetention = request.historyRetention();
    shared = Boolean.TRUE.equals(request.shared());
  }

  /** The request that would store what is stored. */
  SubscriptionRequest asRequest() {
    return new SubscriptionRequest(
        brokerId, topic, qos, noLocal, retainAsPublished, retainHandling, historyRetention, shared);
  }
}
