package org.mqttintegration.send;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.history.SentMessage;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;

/** A send that waits, in memory. For one thread. */
final class QueuedSend {

  private final long id;
  private final Publish message;
  private final Instant acceptedAt;
  private final Instant expiresAt;
  private int attempts;
  private @Nullable Instant sentAt;
  private @Nullable Instant notBefore;
  private MessageProperties properties;

  /**
   * Takes a send from the outbox.
   *
   * @param attempts how often it was published
   * @param notBefore when it may be published again, null for at once
   */
  QueuedSend(
      long id,
      Publish message,
      Instant acceptedAt,
      Instant expiresAt,
      int attempts,
      @Nullable Instant notBefore) {
    this.id = id;
    this.message = message;
    this.acceptedAt = acceptedAt;
    this.expiresAt = expiresAt;
    this.attempts = attempts;
    this.notBefore = notBefore;
    this.properties = message.properties();
  }

  long id() {
    return id;
  }

  String topic() {
    return message.topic();
  }

  int qos() {
    return message.qos();
  }

  byte[] payload() {
    return message.payload();
  }

  boolean retain() {
    return message.retain();
  }

  @Nullable Long signalId() {
    return message.signalId();
  }

  long brokerId() {
    return Objects.requireNonNull(message.brokerId());
  }

  Instant acceptedAt() {
    return acceptedAt;
  }

  int attempts() {
    return attempts;
  }

  @Nullable Instant sentAt() {
    return sentAt;
  }

  @Nullable Instant notBefore() {
    return notBefore;
  }

  /** It is published now. */
  void begin() {
    attempts++;
    sentAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
    notBefore = null;
    properties = withRestOfLife();
  }

  /** It was not published after all. */
  void undo() {
    attempts--;
    sentAt = null;
  }

  /** It may be published again then. */
  void delayUntil(Instant time) {
    notBefore = time;
  }

  boolean isDue(Instant now) {
    return notBefore == null || !now.isBefore(notBefore);
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** As they are published. */
  MessageProperties properties() {
    return properties;
  }

  /** It waited here as it would have waited in a broker (MQTT 5, section 3.3.2.3.3). */
  private MessageProperties withRestOfLife() {
    MessageProperties given = message.properties();
    Long life = given.messageExpiryInterval();
    if (life == null) {
      return given;
    }
    long waited = Duration.between(acceptedAt, Instant.now()).toSeconds();
    return given.withMessageExpiryInterval(Math.max(1, life - Math.max(0, waited)));
  }

  /** As it goes into the history. */
  SentMessage sent() {
    return new SentMessage(
        brokerId(),
        signalId(),
        topic(),
        payload(),
        qos(),
        retain(),
        properties(),
        Objects.requireNonNull(sentAt));
  }

  /** Names the send and nothing of its message. */
  @Override
  public String toString() {
    return "send=" + id;
  }
}
