package org.mqttintegration.bridge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.bridge.trace.StepStore;
import org.mqttintegration.history.FeedPosition;
import org.mqttintegration.history.JourneyDraft;
import org.mqttintegration.history.JourneyDraft.Message;
import org.mqttintegration.history.JourneyPart;
import org.mqttintegration.history.JourneyRecords;
import org.mqttintegration.history.JourneyStep;
import org.mqttintegration.history.JourneyStep.Outcome;
import org.mqttintegration.history.JourneyStep.Reason;
import org.mqttintegration.history.JourneyStep.What;
import org.mqttintegration.secret.UsedSecrets;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What is known of routes and a message beside their steps: dead letters, and routes that it waits
 * for.
 */
@Component
@Order(20)
class RouteJourney implements JourneyPart {

  private final CamelContext camel;
  private final Receptions receptions;
  private final ReceiveFilter filter;
  private final StepStore steps;
  private final JdbcClient database;
  private final UsedSecrets secrets;

  RouteJourney(
      CamelContext camel,
      Receptions receptions,
      ReceiveFilter filter,
      StepStore steps,
      JdbcClient database,
      UsedSecrets secrets) {
    this.camel = camel;
    this.receptions = receptions;
    this.filter = filter;
    this.steps = steps;
    this.database = database;
    this.secrets = secrets;
  }

  @Override
  public void addTo(JourneyDraft journey) {
    Map<Long, JourneyStep> letters = deadLetters(journey.message().id());
    journey.forgetDeadLettersBut(letters.keySet());
    letters.forEach(
        (id, step) -> {
          if (!journey.hasDeadLetter(id)) {
            journey.add(step);
          }
        });
    if (!journey.message().sent()) {
      addWaiting(journey);
    }
  }

  /** Those that are there still. */
  private Map<Long, JourneyStep> deadLetters(long historyId) {
    Map<Long, JourneyStep> found = new HashMap<>();
    database
        .sql("select * from dead_letter where history_id = :id order by id limit 100")
        .param("id", historyId)
        .query((row, number) -> found.put(row.getLong("id"), deadLetter(row)))
        .list();
    return found;
  }

  private JourneyStep deadLetter(ResultSet row) throws SQLException {
    return JourneyStep.of(
            What.DEAD_LETTER, row.getObject("failed_at", OffsetDateTime.class).toInstant())
        .with(
            Outcome.FAILED,
            Reason.thrown(row.getString("exception"), secrets.hide(row.getString("message"))))
        .of(
            JourneyRecords.route(
                row.getString("route_id"), row.getString("exchange"), row.getLong("id")));
  }

  private void addWaiting(JourneyDraft journey) {
    List<String> leftOut = steps.leftOut(journey.message().id());
    for (Route route : camel.getRoutes()) {
      if (route.getEndpoint() instanceof SignalEndpoint endpoint
          && !journey.hasRoute(route.getRouteId())
          && asksFor(endpoint, journey.message())) {
        JourneyStep step =
            isBefore(endpoint, journey.message())
                ? waits(endpoint)
                : leftOut.contains(route.getRouteId())
                    ? JourneyStep.of(What.NOT_TRACED, null).with(Outcome.UNKNOWN, Reason.NONE)
                    : null;
        if (step != null) {
          journey.add(step.of(JourneyRecords.route(route.getRouteId(), null, null)));
        }
      }
    }
  }

  private boolean asksFor(SignalEndpoint endpoint, Message message) {
    try {
      return filter
          .of(endpoint)
          .leaves(message.brokerId(), message.subscriptionId(), message.topic());
    } catch (ReceiveFilter.UnknownNameException e) {
      return false; // it names a broker that is not there
    }
  }

  /** Whether a durable route has not come to a message. */
  private boolean isBefore(SignalEndpoint endpoint, Message message) {
    Reception reception = reception(endpoint);
    FeedPosition reached = reception == null ? null : reception.position();
    return reached != null
        && message.position() != null
        && reached.compareTo(message.position()) < 0;
  }

  private @Nullable Reception reception(SignalEndpoint endpoint) {
    return endpoint.getDurable() == null ? null : receptions.of(endpoint.getDurable());
  }

  private JourneyStep waits(SignalEndpoint endpoint) {
    Reception reception = reception(endpoint);
    String obstacle = reception == null ? null : reception.obstacle();
    return JourneyStep.of(What.WAITS, null).with(Outcome.WAITING, Reason.said(null, obstacle));
  }
}
