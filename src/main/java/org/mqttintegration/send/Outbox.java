package org.mqttintegration.send;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.broker.BrokerRemoval;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.send.SendStore.NewSend;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Accepts messages to send: what is stored here reaches an outcome. */
@Component
class Outbox {

  private final SendCheck check;
  private final SendStore store;
  private final IdempotencyKeys keys;
  private final SendBacklog backlog;
  private final SendMeters meters;
  private final Dispatcher dispatcher;
  private final TransactionOperations transactions;
  private final SendSettings settings;

  Outbox(
      SendCheck check,
      SendStore store,
      IdempotencyKeys keys,
      SendBacklog backlog,
      SendMeters meters,
      Dispatcher dispatcher,
      TransactionOperations transactions,
      SendSettings settings) {
    this.check = check;
    this.store = store;
    this.keys = keys;
    this.backlog = backlog;
    this.meters = meters;
    this.dispatcher = dispatcher;
    this.transactions = transactions;
    this.settings = settings;
  }

  /** A send that is stored. */
  record Accepted(long id, long brokerId) {}

  /**
   * Accepts a message.
   *
   * @param origin who or what asks for it
   * @param key null when the request may be repeated
   * @return the send; that of the first request, if the key came before
   * @throws ProblemException when it cannot be sent, or too many wait for the broker
   */
  Accepted accept(Publish message, SendOrigin origin, @Nullable IdempotencyKey key) {
    Publish checked = check.check(message);
    long brokerId = Objects.requireNonNull(checked.brokerId());
    long id = store.nextIds(1).get(0);
    Long earlier = transactions.execute(status -> store(id, checked, origin, key));
    if (earlier != null) {
      return new Accepted(earlier, brokerId);
    }
    accepted(List.of(brokerId));
    return new Accepted(id, brokerId);
  }

  private @Nullable Long store(
      long id, Publish message, SendOrigin origin, @Nullable IdempotencyKey key) {
    Long earlier = key == null ? null : keys.claim(key, id);
    if (earlier == null) {
      long brokerId = Objects.requireNonNull(message.brokerId());
      if (lockBrokers(List.of(brokerId)).isEmpty()) {
        throw SendCheck.noBroker();
      }
      backlog.checkRoom(brokerId, 1);
      store.insert(List.of(newSend(id, message, origin, null)));
    }
    return earlier;
  }

  /**
   * Keeps brokers from being removed until the present transaction has stored what goes to them.
   *
   * @return those that are there
   */
  Set<Long> lockBrokers(Collection<Long> ids) {
    return ids.isEmpty() ? Set.of() : check.lock(ids);
  }

  /** A send that is accepted now. */
  NewSend newSend(long id, Publish message, SendOrigin origin, @Nullable Long batchId) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Instant expiresAt = SendStore.expiry(message, now, settings.waitingTime());
    return new NewSend(id, message, origin, now, expiresAt, batchId);
  }

  /** Sends for these brokers are stored, one for each time that it is named. */
  void accepted(Collection<Long> brokers) {
    brokers.forEach(backlog::entered);
    meters.accepted(brokers.size());
  }

  /** Lets it go; apart from accepting it, so that a caller can wait for its outcome before. */
  void release(Accepted accepted) {
    dispatcher.wake(accepted.brokerId());
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
