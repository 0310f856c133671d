package org.mqttintegration.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.Gap.Affects;
import org.mqttintegration.history.Gap.Cause;
import org.mqttintegration.mqtt.ConnectionKey;

/** A gap as it is being told: it may still change. Guarded by the ledger. */
final class OpenGap {

  final long subscriptionId;
  final long brokerId;

  /** The key of the connection that it is on. */
  final String connection;

  final Instant from;
  Cause cause;
  Affects affects = Affects.ALL; // as long as it lasts, nobody knows what the broker keeps
  @Nullable Instant to;
  @Nullable Long messages;

  /** Given by the database, null before. */
  @Nullable Long id;

  OpenGap(long subscriptionId, String connection, Cause cause, Instant from) {
    this.subscriptionId = subscriptionId;
    this.brokerId = Objects.requireNonNull(ConnectionKey.brokerId(connection));
    this.connection = connection;
    this.cause = cause;
    this.from = from;
  }

  /** QoS 0 messages that were dropped, in one gap as long as they follow each other closely. */
  boolean extend(Instant at, Duration pause) {
    if (to != null && at.isAfter(to.plus(pause))) {
      return false;
    }
    to = at;
    messages = (messages == null ? 0 : messages) + 1;
    return true;
  }
}
