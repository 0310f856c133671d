package org.mqttintegration.mqtt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.InboundSession.Arrival;
import org.mqttintegration.mqtt.ReceivedMessage.Delivery;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions of one connection: brings the broker in line with what is wanted, and hands
 * each message to the subscriptions that it is for.
 */
final class Subscriptions {

  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

  /** How long a subscription that ended may come back with other options. */
  private static final long SWAP_MILLIS = 3_000;

  private final String key;
  private final InboundSession session;
  private final MqttSettings settings;
  private final ScheduledExecutorService scheduler;
  private final BiConsumer<Integer, SubscriptionStatus> changes;
  private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();

  private final Leftovers leftovers;

  private volatile @Nullable PahoLink link;
  private volatile @Nullable MessageReceiver unmatched;

  private static final class Entry {
    final SubscriptionOptions options;
    final MessageReceiver receiver;
    volatile SubscriptionStatus status;

    Entry(SubscriptionOptions options, MessageReceiver receiver) {
      this.options = options;
      this.receiver = receiver;
      this.status = subscribing("waiting for the connection to the broker");
    }
  }

  /**
   * One that a message is for.
   *
   * @param identifier its subscription's
   * @param sent the subscription identifier that came with the message, if one did
   */
  private record Recipient(int identifier, MessageReceiver receiver, @Nullable Integer sent) {}

  Subscriptions(
      String key,
      InboundSession session,
      MqttSettings settings,
      ScheduledExecutorService scheduler,
      BiConsumer<Integer, SubscriptionStatus> changes,
      Consumer<FilterEnded> ended) {
    this.key = key;
    this.session = session;
    this.settings = settings;
    this.scheduler = scheduler;
    this.changes = changes;
    this.leftovers = new Leftovers(key, settings.answerTimeout(), ended);
  }

  void add(SubscriptionOptions options, MessageReceiver receiver) {
    Entry entry = new Entry(options, receiver);
    if (entries.putIfAbsent(options.identifier(), entry) != null) {
      throw new IllegalStateException(
          "subscription identifier %d is in use".formatted(options.identifier()));
    }
    leftovers.remove(options.topicFilter());
    PahoLink current = link;
    if (current != null && current.isConnected()) {
      subscribe(current, entry, false);
    }
  }

  /**
   * Ends a subscription.
   *
   * @param unsubscribe false when it only pauses, so that the broker's session shall go on
   */
  void remove(int identifier, boolean unsubscribe) {
    Entry entry = entries.remove(identifier);
    if (entry == null || !unsubscribe) {
      return;
    }
    changes.accept(
        identifier,
        new SubscriptionStatus(
            SubscriptionStatus.State.UNSUBSCRIBED, Instant.now(), null, "no longer wanted"));
    // one that only changes comes back at once, and must not lose what is sent in between
    leftovers.add(Set.of(entry.options.topicFilter()));
    scheduler.schedule(this::leaveLeftovers, SWAP_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The broker's session may still hold these filters, which ended before we came up. */
  void leave(Collection<String> filters) {
    leftovers.add(filters);
  }

  private void leaveLeftovers() {
    PahoLink current = link;
    if (current != null && current.isConnected()) {
      leftovers.end(current, wantedFilters());
    }
  }

  private Set<String> wantedFilters() {
    return entries.values().stream()
        .map(entry -> entry.options.topicFilter())
        .collect(Collectors.toSet());
  }

  void receiveUnmatched(@Nullable MessageReceiver receiver) {
    unmatched = receiver;
  }

  boolean isEmpty() {
    return entries.isEmpty() && unmatched == null;
  }

  Optional<SubscriptionStatus> status(int identifier) {
    return Optional.ofNullable(entries.get(identifier)).map(entry -> entry.status);
  }

  /**
   * The connection is there: subscribes to all that is wanted, unsubscribes from what no longer is.
   */
  void connected(PahoLink connected, boolean sessionPresent) {
    link = connected;
    if (!sessionPresent) {
      leftovers.clear();
    }
    leaveLeftovers();
    for (Entry entry : entries.values()) {
      subscribe(connected, entry, sessionPresent);
    }
  }

  /** The connection is gone. */
  void lost() {
    link = null;
    for (Entry entry : entries.values()) {
      set(entry, subscribing("waiting for the connection to the broker"));
    }
  }

  /** Hands a message to all that it is for. One that is for nobody stays unacknowledged. */
  void dispatch(PahoLink from, String topic, MqttMessage message) {
    List<Recipient> recipients = recipients(topic, message);
    if (recipients.isEmpty()) {
      LOG.debug("message for nobody connection={}", key);
      return;
    }
    MessageProperties properties = PahoMessages.properties(message.getProperties());
    if (message.getQos() == 0) {
      for (Recipient recipient : recipients) {
        Delivery delivery = new Delivery(key, 0, recipient.identifier, 0);
        recipient.receiver.receive(
            PahoMessages.received(topic, message, properties, recipient.sent, false, delivery),
            safe -> {});
      }
      return;
    }
    Arrival arrival = arrive(from, topic, message, recipients);
    for (Recipient recipient : recipients) {
      if (arrival.isFor(recipient.identifier)) {
        Delivery delivery = arrival.delivery(recipient.identifier);
        recipient.receiver.receive(
            PahoMessages.received(
                topic, message, properties, recipient.sent, arrival.isAgain(), delivery),
            arrival.acknowledgement(recipient.identifier));
      }
    }
  }

  private Arrival arrive(
      PahoLink from, String topic, MqttMessage message, List<Recipient> recipients) {
    Set<Integer> identifiers = new HashSet<>();
    recipients.forEach(recipient -> identifiers.add(recipient.identifier));
    return session.arrive(from, topic, message, identifiers);
  }

  private List<Recipient> recipients(String topic, MqttMessage message) {
    List<Recipient> recipients = new ArrayList<>(1);
    List<Integer> identifiers =
        message.getProperties() == null
            ? List.of()
            : message.getProperties().getSubscriptionIdentifiers();
    // section 3.3.4: one copy for both filters of a subscription that changes has it twice
    for (Integer identifier : new LinkedHashSet<>(identifiers)) {
      Entry entry = entries.get(identifier);
      // the identifier may still be that of the filter which the subscription had before it changed
      if (entry != null && TopicFilter.matches(entry.options.topicFilter(), topic)) {
        recipients.add(new Recipient(identifier, entry.receiver, identifier));
      }
    }
    if (identifiers.isEmpty()) {
      for (Entry entry : entries.values()) {
        if (TopicFilter.matches(entry.options.topicFilter(), topic)) {
          recipients.add(new Recipient(entry.options.identifier(), entry.receiver, null));
        }
      }
    }
    MessageReceiver other = unmatched;
    if (recipients.isEmpty() && other != null) {
      recipients.add(new Recipient(InboundSession.UNMATCHED, other, null));
    }
    return recipients;
  }

  private void subscribe(PahoLink on, Entry entry, boolean sessionPresent) {
    String fault = on.capabilities().fault(entry.options.topicFilter());
    if (fault != null) {
      set(entry, failed("the broker cannot serve it: " + fault));
      return;
    }
    set(entry, subscribing("waiting for the broker's SUBACK"));
    CompletableFuture<Integer> answer =
        on.subscribe(entry.options.toPaho(sessionPresent), entry.options.identifier());
    Future<?> limit =
        scheduler.schedule(
            () -> answered(on, entry, null, new TimeoutException()),
            settings.answerTimeout().toMillis(),
            TimeUnit.MILLISECONDS);
    answer.whenComplete( // behind all that a resumed session sends it may come late, and counts
        (code, failure) -> {
          limit.cancel(false);
          answered(on, entry, code, failure);
        });
  }

  private void answered(
      PahoLink on, Entry entry, @Nullable Integer code, @Nullable Throwable failure) {
    if (link == on && entries.get(entry.options.identifier()) == entry) {
      set(entry, answer(code, failure));
    }
  }

  private static SubscriptionStatus answer(@Nullable Integer code, @Nullable Throwable failure) {
    int refused = code != null ? code : Failures.reasonCode(failure);
    if (ReasonCode.isFailure(refused)) {
      return failed("the broker refused: " + ReasonCode.describe(refused));
    }
    if (code == null) {
      return failed("no SUBACK: " + Failures.describe(failure));
    }
    return new SubscriptionStatus(SubscriptionStatus.State.SUBSCRIBED, Instant.now(), code, null);
  }

  private void set(Entry entry, SubscriptionStatus status) {
    entry.status = status;
    if (status.state() == SubscriptionStatus.State.FAILED) {
      LOG.warn(
          "subscription failed connection={} identifier={} reason={}",
          key,
          entry.options.identifier(),
          status.message());
    }
    changes.accept(entry.options.identifier(), status);
  }

  private static SubscriptionStatus subscribing(String message) {
    return new SubscriptionStatus(
        SubscriptionStatus.State.SUBSCRIBING, Instant.now(), null, message);
  }

  private static SubscriptionStatus failed(String message) {
    return new SubscriptionStatus(SubscriptionStatus.State.FAILED, Instant.now(), null, message);
  }
}
