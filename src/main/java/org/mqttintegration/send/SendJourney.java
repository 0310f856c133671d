package org.mqttintegration.send;

import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.JourneyDraft;
import org.mqttintegration.history.JourneyPart;
import org.mqttintegration.history.JourneyRecords;
import org.mqttintegration.history.JourneyStep;
import org.mqttintegration.history.JourneyStep.Outcome;
import org.mqttintegration.history.JourneyStep.Reason;
import org.mqttintegration.history.JourneyStep.What;
import org.mqttintegration.resource.WireName;
import org.mqttintegration.send.SendQueries.FailedAttempt;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** How a message was sent, and which messages were sent because of it. */
@Component
@Order(30)
class SendJourney implements JourneyPart {

  private static final int MOST = 100;

  private final SendQueries sends;

  SendJourney(SendQueries sends) {
    this.sends = sends;
  }

  @Override
  public void addTo(JourneyDraft journey) {
    long id = journey.message().id();
    if (journey.message().sent()) {
      sends.ofHistory(id).ifPresent(send -> addSending(send, journey));
    } else {
      sends.madeOf(id, MOST).forEach(send -> journey.add(made(send)));
    }
  }

  private void addSending(Send send, JourneyDraft journey) {
    SendOrigin origin = send.origin();
    journey.add(
        JourneyStep.of(What.ACCEPTED, send.acceptedAt())
            .at(send.topic())
            .with(
                Outcome.DONE,
                Reason.said(null, origin.kind() == null ? null : WireName.of(origin.kind())))
            .of(records(send, origin.historyId())));
    for (FailedAttempt failed : sends.failedAttempts(send.id())) {
      journey.add(
          JourneyStep.of(What.ATTEMPT, failed.at())
              .attempt(failed.attempt())
              .with(Outcome.FAILED, Reason.said(failed.reasonCode(), failed.reason()))
              .of(records(send, null)));
    }
    journey.add(
        JourneyStep.of(What.ANSWERED, send.finishedAt())
            .attempt(send.attempts())
            .with(outcome(send), said(send))
            .of(records(send, null)));
  }

  private static JourneyStep made(Send send) {
    return JourneyStep.of(What.SEND_MADE, send.acceptedAt())
        .at(send.topic())
        .with(outcome(send), said(send))
        .of(records(send, send.historyId()));
  }

  private static Reason said(Send send) {
    String reason = send.reason();
    String word = send.status().word();
    return Reason.said(send.reasonCode(), reason == null ? word : word + ": " + reason);
  }

  private static Outcome outcome(Send send) {
    if (!send.status().isOutcome()) {
      return Outcome.WAITING;
    }
    return send.status().isSent() ? Outcome.DONE : Outcome.FAILED;
  }

  private static JourneyRecords records(Send send, @Nullable Long historyId) {
    SendOrigin origin = send.origin();
    return new JourneyRecords(
        send.brokerId(),
        origin.routeId(),
        null,
        null,
        send.id(),
        historyId,
        origin.scheduleId(),
        origin.account());
  }
}
