package org.mqttintegration.subscription;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
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

  /** From well to ill. */
  private static final List<State> GRAVITY =
      List.of(State.SUBSCRIBED, State.UNSUBSCRIBED, State.SUBSCRIBING, State.FAILED);

  private final ReportedStates states;
  private final SubscriptionAnswers answers;
  private final GrantTimes times;
  private final RequestPlaces requests;
  private final Places places;
  private final Duration limit;

  BrokerAnswers(
      ReportedStates states,
      SubscriptionAnswers answers,
      GrantTimes times,
      RequestPlaces requests,
      Places places,
      SubscriptionSettings settings) {
    this.states = states;
    this.answers = answers;
    this.times = times;
    this.requests = requests;
    this.places = places;
    this.limit = settings.answerTimeout();
  }

  /**
   * What the broker said, empty while the subscription has no route. Of one that is made on several
   * connections, what is least well: it is granted when it is on all of them.
   */
  Optional<SubscriptionStatus> status(SubscriptionEntity subscription) {
    return places.of(subscription).stream()
        .flatMap(
            place -> states.subscription(place.connection(), subscription.identifier()).stream())
        .max(Comparator.comparing(answer -> GRAVITY.indexOf(answer.state())));
  }

  /** Waits until the broker granted or refused, at most for the time that the settings give. */
  void await(SubscriptionEntity subscription) {
    long end = System.nanoTime() + limit.toNanos();
    Instant asked = Instant.now();
    try (RequestPlaces.Away waiting = requests.away()) {
      for (Places.Place place : places.of(subscription)) {
        Duration rest = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        if (states.isElsewhere(place.connection())) {
          awaitElsewhere(place.connection(), subscription.identifier(), asked, rest);
        } else {
          answers.await(place.connection(), subscription.identifier(), rest);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Another node asks the broker, and reports what it answered. */
  private void awaitElsewhere(String connection, int identifier, Instant asked, Duration rest)
      throws InterruptedException {
    states.await(
        connection,
        identifier,
        answer ->
            answer.state() == State.SUBSCRIBED
                || (answer.state() == State.FAILED && answer.since().isAfter(asked)),
        rest);
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
