package org.mqttintegration.subscription;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.broker.ReportedStates;
import org.mqttintegration.mqtt.ConnectionStatus;
import org.mqttintegration.mqtt.SubscriptionStatus;
import org.mqttintegration.subscription.Subscription.Status;
import org.springframework.stereotype.Component;

/** Puts together what is stored of subscriptions and what their brokers say. */
@Component
class SubscriptionViews {

  private final Brokers brokers;
  private final ReportedStates states;
  private final BrokerAnswers answers;
  private final Places places;

  SubscriptionViews(Brokers brokers, ReportedStates states, BrokerAnswers answers, Places places) {
    this.brokers = brokers;
    this.states = states;
    this.answers = answers;
    this.places = places;
  }

  Subscription of(SubscriptionEntity row) {
    return of(List.of(row)).get(0);
  }

  List<Subscription> of(List<SubscriptionEntity> rows) {
    Map<Long, String> names =
        brokers.names(rows.stream().map(row -> row.brokerId).distinct().toList());
    return rows.stream().map(row -> of(row, names.getOrDefault(row.brokerId, ""))).toList();
  }

  private Subscription of(SubscriptionEntity row, String brokerName) {
    SubscriptionStatus answer = row.wanted ? answers.status(row).orElse(null) : null;
    Status status = status(row, answer);
    return new Subscription(
        row.id(),
        row.brokerId,
        row.topic,
        row.qos,
        row.noLocal,
        row.retainAsPublished,
        row.retainHandling,
        row.historyRetention,
        row.shared,
        row.topic + " @ " + brokerName,
        status == Status.SUBSCRIBED,
        time(row, answer),
        status == Status.SUBSCRIBING,
        status,
        message(row, status, answer),
        answer == null ? null : answer.grantedQos());
  }

  private static Status status(SubscriptionEntity row, @Nullable SubscriptionStatus answer) {
    if (!row.wanted) {
      return row.subscriptionTime == null ? Status.NEW : Status.UNSUBSCRIBED;
    }
    if (answer == null) {
      return Status.SUBSCRIBING; // its route is on the way
    }
    return switch (answer.state()) {
      case SUBSCRIBING -> Status.SUBSCRIBING;
      case SUBSCRIBED -> Status.SUBSCRIBED;
      case FAILED -> Status.FAILED;
      case UNSUBSCRIBED -> Status.UNSUBSCRIBED;
    };
  }

  /** The broker's answer may be known before its time is stored. */
  private static @Nullable Instant time(
      SubscriptionEntity row, @Nullable SubscriptionStatus answer) {
    return answer != null && answer.state() == SubscriptionStatus.State.SUBSCRIBED
        ? answer.since().truncatedTo(ChronoUnit.MICROS)
        : row.subscriptionTime;
  }

  private @Nullable String message(
      SubscriptionEntity row, Status status, @Nullable SubscriptionStatus answer) {
    if (status == Status.SUBSCRIBING) {
      Optional<ConnectionStatus> away =
          places.of(row).stream()
              .map(place -> states.connection(place.connection()))
              .filter(connection -> connection.state() != ConnectionStatus.State.CONNECTED)
              .findFirst();
      if (away.isPresent()) {
        String why = away.get().message() == null ? "" : ": " + away.get().message();
        return "waiting for the connection to the broker" + why;
      }
    }
    return answer == null ? null : answer.message();
  }
}
