package org.mqttintegration.bridge;

import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.history.FeedFilter;
import org.mqttintegration.history.RecordedMessage;
import org.mqttintegration.subscription.KnownSubscriptions;
import org.springframework.stereotype.Component;

/** What an endpoint asks for, from names to ids; and back. */
@Component
class ReceiveFilter {

  private final Brokers brokers;
  private final KnownSubscriptions subscriptions;

  ReceiveFilter(Brokers brokers, KnownSubscriptions subscriptions) {
    this.brokers = brokers;
    this.subscriptions = subscriptions;
  }

  /**
   * The filter of an endpoint.
   *
   * @throws UnknownNameException when a name is nobody's at the moment
   */
  FeedFilter of(SignalEndpoint endpoint) {
    String broker = endpoint.getBroker();
    if (broker == null) {
      return new FeedFilter(null, null, endpoint.getTopic());
    }
    Long id = brokers.idOf(broker);
    if (id == null) {
      throw new UnknownNameException("There is no broker with the name " + broker);
    }
    return new FeedFilter(id, subscription(id, endpoint.getSubscription()), endpoint.getTopic());
  }

  /** The name of the broker that a message came from, null when it is gone. */
  @Nullable String brokerOf(RecordedMessage message) {
    return brokers.nameOf(message.brokerId());
  }

  private @Nullable Long subscription(long broker, @Nullable String topic) {
    if (topic == null) {
      return null;
    }
    Long id = subscriptions.idOf(broker, topic);
    if (id == null) {
      throw new UnknownNameException("The broker has no subscription to " + topic);
    }
    return id;
  }

  /** A name is nobody's at the moment; the message says which. */
  static final class UnknownNameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private UnknownNameException(String message) {
      super(message);
    }
  }
}
