package org.mqttintegration.signal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.mqtt.TopicFilter;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.resource.RequestValidator;
import org.mqttintegration.send.Templates;
import org.mqttintegration.signal.SignalRepository.SubscriptionTopic;
import org.springframework.stereotype.Component;

/** Checks a signal against what it refers to, and its payload against its format. */
@Component
class SignalCheck {

  static final String NO_BROKER = "There is no such broker.";
  static final String NO_SUBSCRIPTION = "There is no such subscription.";

  private final RequestValidator validator;
  private final Templates templates;
  private final Brokers brokers;
  private final SignalRepository repository;

  SignalCheck(
      RequestValidator validator,
      Templates templates,
      Brokers brokers,
      SignalRepository repository) {
    this.validator = validator;
    this.templates = templates;
    this.brokers = brokers;
    this.repository = repository;
  }

  /** Throws all that is wrong. */
  SignalRequest check(@Nullable SignalRequest request) {
    return validator.check(
        request,
        (signal, errors) -> {
          checkReferences(signal, errors);
          checkPayload(signal, errors);
        });
  }

  /** The topic of the subscription that a valid signal belongs to, {@code ""} without one. */
  String subscriptionTopic(SignalRequest signal) {
    SubscriptionTopic subscription = subscription(signal);
    return subscription == null ? "" : subscription.getTopic();
  }

  private void checkReferences(SignalRequest signal, List<FieldError> errors) {
    if (signal.brokerId() != null && !brokers.exists(signal.brokerId())) {
      errors.add(new FieldError("brokerId", NO_BROKER));
    }
    SubscriptionTopic subscription = subscription(signal);
    if (signal.subscriptionId() != null && subscription == null) {
      errors.add(new FieldError("subscriptionId", NO_SUBSCRIPTION));
    } else if (subscription != null
        && signal.brokerId() != null
        && subscription.getBrokerId() != signal.brokerId()) {
      errors.add(new FieldError("subscriptionId", "The subscription is one of another broker."));
    }
    if (signal.topic() == null) {
      checkInherited(signal, subscription, errors);
    }
  }

  private static void checkInherited(
      SignalRequest signal, @Nullable SubscriptionTopic subscription, List<FieldError> errors) {
    if (signal.subscriptionId() == null) {
      errors.add(
          new FieldError("topic", "A signal has a topic, or a subscription to take it from."));
    } else if (subscription != null && !isTopic(subscription.getTopic())) {
      errors.add(
          new FieldError(
              "topic", "The subscription's filter names no single topic, so give one here."));
    }
  }

  private static boolean isTopic(String filter) {
    return !TopicFilter.hasWildcard(filter) && !TopicFilter.isShared(filter);
  }

  private void checkPayload(SignalRequest signal, List<FieldError> errors) {
    try {
      byte[] payload = signal.bytes();
      String fault = templates.fault(payload, signal.encoding(), signal.format());
      if (fault != null) {
        errors.add(new FieldError("payload", fault));
      }
      if (signal.properties() != null) {
        signal.properties().addFaults(payload, errors);
      }
    } catch (IllegalArgumentException e) {
      errors.add(new FieldError("payload", String.valueOf(e.getMessage())));
    }
  }

  private @Nullable SubscriptionTopic subscription(SignalRequest signal) {
    return signal.subscriptionId() == null
        ? null
        : repository.findSubscriptionTopic(signal.subscriptionId()).orElse(null);
  }
}
