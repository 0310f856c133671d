package org.mqttintegration.subscription;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.mqttintegration.broker.ReportedStates;
import org.mqttintegration.mqtt.SubscriptionAnswers;
import org.mqttintegration.mqtt.SubscriptionChanged;
import org.mqttintegration.mqtt.SubscriptionStatus;
import org.mqttintegration.mqtt.SubscriptionStatus.State;
import org.mqttintegration.resource.RequestPlaces;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What brokers answer to subscriptions: lets callers wait for it, and stores when it came. */
@Component
class BrokerAnswers {

  private final ReportedStates states;
  private final SubscriptionAnswers answers;
  private final GrantTimes times;
  private final RequestPlaces places;
  private final Duration limit;

  BrokerAnswers(
      ReportedStates states,
      SubscriptionAnswers answers,
      GrantTimes times,
      RequestPlaces places,
      SubscriptionSettings settings) {
    this.states = states;
    this.answers = answers;
    this.times = times;
    this.places = places;
    this.limit = settings.answerTimeout();
  }

  /** What the broker said, empty while the subscription has no route. */
  Optional<SubscriptionStatus> status(SubscriptionEntity subscription) {
    return states.subscription(subscription.connectionKey(), subscription.identifier());
  }

  /** Waits until the broker granted or refused, at most for the time that the settings give. */
  void await(SubscriptionEntity subscription) {
    try (RequestPlaces.Away waiting = places.away()) {
      if (states.isElsewhere(subscription.connectionKey())) {
        awaitElsewhere(subscription);
      } else {
        answers.await(subscription.connectionKey(), subscription.identifier(), limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Another node asks the broker, and reports what it answered. */
  private void awaitElsewhere(SubscriptionEntity subscription) throws InterruptedException {
    Instant asked = Instant.now();
    states.await(
        subscription.connectionKey(),
        subscription.identifier(),
        answer ->
            answer.state() == State.SUBSCRIBED
                || (answer.state() == State.FAILED && answer.since().isAfter(asked)),
        limit);
  }

  @EventListener
  void on(SubscriptionChanged change) {
    if (change.status().state() == State.SUBSCRIBED && !change.isOfResponses()) {
      times.store(change.identifier(), change.status().since().truncatedTo(ChronoUnit.MICROS));
    }
  }

  /** Lets callers look again: no answer comes for what is no longer wanted. */
  void wakeUp() {
    answers.wakeUp();
  }
}
