package org.mqttintegration.send;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.BrokerRemoval;
import org.mqttintegration.broker.Brokers;
import org.mqttintegration.mqtt.MqttConnections;
import org.mqttintegration.mqtt.TopicName;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.SqlState;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Accepts messages to send: what is stored here reaches an outcome. */
@Component
class Outbox {

  private static final int MAX_QOS = 2;
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final SendStore store;
  private final IdempotencyKeys keys;
  private final SendBacklog backlog;
  private final SendMeters meters;
  private final Dispatcher dispatcher;
  private final Brokers brokers;
  private final MqttConnections connections;
  private final TransactionOperations transactions;
  private final SendSettings settings;

  Outbox(
      SendStore store,
      IdempotencyKeys keys,
      SendBacklog backlog,
      SendMeters meters,
      Dispatcher dispatcher,
      Brokers brokers,
      MqttConnections connections,
      TransactionOperations transactions,
      SendSettings settings) {
    this.store = store;
    this.keys = keys;
    this.backlog = backlog;
    this.meters = meters;
    this.dispatcher = dispatcher;
    this.brokers = brokers;
    this.connections = connections;
    this.transactions = transactions;
    this.settings = settings;
  }

  /** A send that is stored. */
  record Accepted(long id, long brokerId) {}

  /**
   * Accepts a message.
   *
   * @param key null when the request may be repeated
   * @return the send; that of the first request, if the key came before
   * @throws ProblemException when it cannot be sent, or too many wait for the broker
   */
  Accepted accept(Publish message, @Nullable IdempotencyKey key) {
    Publish checked = check(message);
    long brokerId = Objects.requireNonNull(checked.brokerId());
    long id = store.nextId();
    Long earlier;
    try {
      earlier = transactions.execute(status -> store(id, checked, key));
    } catch (RuntimeException e) {
      throw LOCK_NOT_AVAILABLE.equals(SqlState.of(e)) ? stillRunning() : e;
    }
    if (earlier != null) {
      return new Accepted(earlier, brokerId);
    }
    backlog.entered(brokerId);
    meters.accepted();
    return new Accepted(id, brokerId);
  }

  /** Lets it go; apart from accepting it, so that a caller can wait for its outcome before. */
  void release(Accepted accepted) {
    dispatcher.wake(accepted.brokerId());
  }

  private @Nullable Long store(long id, Publish message, @Nullable IdempotencyKey key) {
    Long earlier = key == null ? null : keys.claim(key, id);
    if (earlier == null) {
      checkRoom(Objects.requireNonNull(message.brokerId()));
      Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
      store.insert(id, message, now, SendStore.expiry(message, now, settings.waitingTime()));
    }
    return earlier;
  }

  private void checkRoom(long brokerId) {
    if (backlog.of(brokerId) >= settings.waitingLimit()) {
      throw new ProblemException(
              ProblemType.TOO_MANY_SENDS,
              "%,d sends wait for the broker, which is the limit.".formatted(backlog.of(brokerId)))
          .retryAfter(TRY_AGAIN);
    }
  }

  private static ProblemException stillRunning() {
    return new ProblemException(
        ProblemType.CONFLICT, "A request with this Idempotency-Key is still running.");
  }

  private Publish check(Publish message) {
    List<FieldError> errors = new ArrayList<>();
    String fault = TopicName.fault(message.topic());
    if (fault != null) {
      errors.add(new FieldError("topic", fault));
    }
    if (message.qos() < 0 || message.qos() > MAX_QOS) {
      errors.add(new FieldError("qos", "QoS is 0, 1 or 2."));
    }
    Long id = brokerId(message);
    if (id == null || !brokers.exists(id)) {
      errors.add(new FieldError("brokerId", "There is no such broker."));
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
            Brokers.connectionKey(id),
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

  /** A broker shall go. */
  @EventListener
  void on(BrokerRemoval removal) {
    if (removal.cascade()) {
      store.cancelAll(removal.brokerId(), "The broker was removed.", Instant.now());
    } else {
      removal.usedBy(store.countWaiting(removal.brokerId()), "waiting send");
    }
  }
}
