package org.mqttintegration.send;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.mqtt.ConnectionKey;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.mqtt.TopicName;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.stereotype.Component;

/** Whether a message can be sent: in itself, and as far as its broker said. */
@Component
class SendCheck {

  private static final int MAX_QOS = 2;
  private static final String BROKER = "brokerId";
  private static final String NO_BROKER = "There is no such broker.";

  private final Brokers brokers;
  private final MqttConnections connections;

  SendCheck(Brokers brokers, MqttConnections connections) {
    this.brokers = brokers;
    this.connections = connections;
  }

  /**
   * Checks a message.
   *
   * @return the same, with the id of its broker
   * @throws ProblemException when it cannot be sent
   */
  Publish check(Publish message) {
    return check(message, brokers::exists);
  }

  /** Those of these brokers that are there, and stay until the present transaction ends. */
  Set<Long> lock(Collection<Long> ids) {
    return brokers.lockForUse(ids);
  }

  /** What is answered when a broker was removed meanwhile. */
  static ProblemException noBroker() {
    return ProblemException.invalid(BROKER, NO_BROKER);
  }

  /** Whether a broker is there, asked once for each. */
  LongPredicate remembered() {
    Map<Long, Boolean> known = new HashMap<>();
    return id -> known.computeIfAbsent(id, brokers::exists);
  }

  /** Checks a message, with what is known of brokers. */
  Publish check(Publish message, LongPredicate brokerExists) {
    List<FieldError> errors = new ArrayList<>();
    String fault = TopicName.fault(message.topic());
    if (fault != null) {
      errors.add(new FieldError("topic", fault));
    }
    if (message.qos() < 0 || message.qos() > MAX_QOS) {
      errors.add(new FieldError("qos", "QoS is 0, 1 or 2."));
    }
    Long id = brokerId(message);
    if (id == null || !brokerExists.test(id)) {
      errors.add(new FieldError(BROKER, NO_BROKER));
    }
    if (!errors.isEmpty() || id == null) {
      throw ProblemException.invalid(errors);
    }
    checkBroker(id, message);
    return message.withBroker(id);
  }

  private @Nullable Long brokerId(Publish message) {
    return message.brokerId() == null && message.brokerName() != null
        ? brokers.idOf(message.brokerName())
        : message.brokerId();
  }

  /** What the broker said that it cannot do. */
  private void checkBroker(long id, Publish message) {
    String fault =
        connections.fault(
            ConnectionKey.of(id),
            message.topic(),
            message.payload(),
            message.qos(),
            message.retain(),
            message.properties());
    if (fault != null) {
      throw new ProblemException(
          ProblemType.BROKER_REFUSED, "Nothing was sent, the broker does not take it: " + fault);
    }
  }
}
