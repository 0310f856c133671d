package org.mqttintegration.request;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.BrokerRemoved;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.broker.ReportedStates;
import org.mqttintegration.mqtt.ConnectionKey;
import org.mqttintegration.mqtt.EndpointUri;
import org.mqttintegration.mqtt.SubscriptionAnswers;
import org.mqttintegration.mqtt.SubscriptionOptions;
import org.mqttintegration.mqtt.SubscriptionStatus;
import org.mqttintegration.mqtt.SubscriptionStatus.State;
import org.mqttintegration.node.Notice;
import org.mqttintegration.node.Notices;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.RequestPlaces;
import org.mqttintegration.resource.Serialised;
import org.mqttintegration.resource.TemplatedRoutes;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The topics that responses come to. Each broker has one topic filter for all of them, subscribed
 * to when the first request is made. Its name comes from the Client Identifier, so that a session
 * that outlives us has no other one afterwards.
 */
@Component
class ResponseTopics {

  private static final int QOS = 1;

  private final Brokers brokers;
  private final TemplatedRoutes routes;
  private final SubscriptionAnswers answers;
  private final RequestPlaces places;
  private final RequestSettings settings;
  private final ReportedStates states;
  private final Notices notices;
  private final Serialised serialised = new Serialised();

  /** The topic above the responses of a broker, for each that has a route here. */
  private final Map<Long, String> topics = new ConcurrentHashMap<>();

  ResponseTopics(
      Brokers brokers,
      TemplatedRoutes routes,
      SubscriptionAnswers answers,
      RequestPlaces places,
      RequestSettings settings,
      ReportedStates states,
      Notices notices) {
    this.states = states;
    this.notices = notices;
    this.brokers = brokers;
    this.routes = routes;
    this.answers = answers;
    this.places = places;
    this.settings = settings;
  }

  /**
   * The topic for responses of a broker, when it is subscribed to.
   *
   * @param timeout how long to wait for that
   * @throws ProblemException when the broker does not let us, or does not answer
   */
  String subscribed(long brokerId, Duration timeout) {
    SubscriptionStatus status =
        states.isElsewhere(ConnectionKey.of(brokerId))
            ? awaitElsewhere(brokerId, timeout)
            : awaitHere(brokerId, timeout);
    String topic = topic(brokerId);
    if (status == null || status.state() == State.SUBSCRIBING) {
      throw new ProblemException(
          ProblemType.NO_RESPONSE,
          "Nothing was sent: the broker is not connected, or does not answer.");
    }
    if (status.state() != State.SUBSCRIBED) {
      throw new ProblemException(
          ProblemType.BROKER_REFUSED,
          "Nothing was sent, since no response could come: " + status.message());
    }
    return topic;
  }

  private @Nullable SubscriptionStatus awaitHere(long brokerId, Duration timeout) {
    subscribe(brokerId);
    try (RequestPlaces.Away waiting = places.away()) {
      return answers
          .await(ConnectionKey.of(brokerId), SubscriptionOptions.RESPONSES, timeout)
          .orElse(null);
    }
  }

  /** Asks the node that has the connection to subscribe, and waits until it says that it has. */
  private @Nullable SubscriptionStatus awaitElsewhere(long brokerId, Duration timeout) {
    try (RequestPlaces.Away waiting = places.away()) {
      notices.tell(Notices.RESPONSES, brokerId);
      return states
          .await(
              ConnectionKey.of(brokerId),
              SubscriptionOptions.RESPONSES,
              status -> status.state() != State.SUBSCRIBING,
              timeout)
          .orElse(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Another node makes requests of a broker whose connection this one may have. */
  @EventListener
  void on(Notice notice) {
    if (notice.isOf(Notices.RESPONSES)
        && !states.isElsewhere(ConnectionKey.of(notice.id()))
        && brokers.exists(notice.id())) {
      subscribe(notice.id());
    }
  }

  private void subscribe(long brokerId) {
    serialised.run(brokerId, () -> topics.computeIfAbsent(brokerId, this::addRoute));
  }

  private String topic(long brokerId) {
    return settings.responseTopic() + '/' + level(brokers.clientId(brokerId));
  }

  private String addRoute(long brokerId) {
    String topic = topic(brokerId);
    SubscriptionOptions options =
        new SubscriptionOptions(SubscriptionOptions.RESPONSES, topic + "/+", QOS, false, false, 2);
    routes.add(
        ResponseTemplate.ID,
        routeId(brokerId),
        Map.of(
            ResponseTemplate.URI,
            EndpointUri.subscription(ConnectionKey.of(brokerId), options),
            ResponseTemplate.BROKER_ID,
            brokerId));
    return topic;
  }

  /** The broker is gone. */
  @EventListener
  void on(BrokerRemoved removed) {
    serialised.run(
        removed.brokerId(),
        () -> {
          if (topics.remove(removed.brokerId()) != null) {
            routes.remove(routeId(removed.brokerId()));
          }
        });
  }

  private static String level(String clientId) {
    return clientId.replaceAll("[^A-Za-z0-9_.-]", "-");
  }

  private static String routeId(long brokerId) {
    return "responses-" + brokerId;
  }
}
