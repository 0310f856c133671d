package org.mqttintegration.history;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.ReceivedMessage;
import org.mqttintegration.mqtt.ReceivedMessage.MessageProperties;
import org.mqttintegration.mqtt.UserProperty;

/**
 * A row of the history, as it is written. Reading goes through {@link HistoryQueries}.
 *
 * <p>The id is given by {@link HistoryIds} and not by Hibernate: it has to stay the same when a
 * transaction is tried again, since that is how a row whose commit was left unanswered is found.
 */
@Entity
@Immutable
@Table(name = "history")
class HistoryEntry {

  private static final byte[] NOTHING = {};

  @Id private long id;

  @Column(name = "\"timestamp\"", nullable = false)
  private Instant timestamp;

  private String direction;
  private long brokerId;
  private @Nullable Long subscriptionId;
  private @Nullable Long signalId;
  private String topic;
  private byte[] payload;

  /** How large a payload is that is not stored, and why; null when it is. */
  private @Nullable Integer payloadSize;

  private @Nullable String payloadOmitted;

  @JdbcTypeCode(SqlTypes.SMALLINT)
  private int qos;

  private boolean retain;
  private boolean duplicate;
  private @Nullable String contentType;

  @JdbcTypeCode(SqlTypes.SMALLINT)
  private @Nullable Integer payloadFormatIndicator;

  private @Nullable Long messageExpiryInterval;
  private @Nullable String responseTopic;
  private byte @Nullable [] correlationData;
  private @Nullable Integer subscriptionIdentifier;

  @JdbcTypeCode(SqlTypes.JSON)
  private @Nullable List<UserProperty> userProperties;

  /** For Hibernate only. */
  @SuppressWarnings("NullAway.Init")
  protected HistoryEntry() {}

  private HistoryEntry(
      Direction direction,
      Instant timestamp,
      long brokerId,
      String topic,
      byte[] payload,
      MessageProperties properties) {
    this.direction = direction.word();
    this.timestamp = timestamp.truncatedTo(ChronoUnit.MICROS);
    this.brokerId = brokerId;
    this.topic = StorableText.of(topic);
    this.payload = payload;
    this.contentType = StorableText.ofNullable(properties.contentType());
    this.payloadFormatIndicator = properties.payloadFormatIndicator();
    this.messageExpiryInterval = properties.messageExpiryInterval();
    this.responseTopic = StorableText.ofNullable(properties.responseTopic());
    this.correlationData = properties.correlationData();
    this.userProperties =
        properties.userProperties().isEmpty() ? null : storable(properties.userProperties());
  }

  static HistoryEntry received(
      ReceivedMessage message, long brokerId, @Nullable Long subscriptionId) {
    HistoryEntry entry =
        new HistoryEntry(
            Direction.RECEIVE,
            message.receivedAt(),
            brokerId,
            message.topic(),
            message.payload(),
            message.properties());
    entry.subscriptionId = subscriptionId;
    entry.qos = message.qos();
    entry.retain = message.retain();
    entry.duplicate = message.duplicate();
    entry.subscriptionIdentifier = message.subscriptionIdentifier();
    return entry;
  }

  static HistoryEntry sent(SentMessage message) {
    HistoryEntry entry =
        new HistoryEntry(
            Direction.SEND,
            message.sentAt(),
            message.brokerId(),
            message.topic(),
            message.payload(),
            message.properties());
    entry.signalId = message.signalId();
    entry.qos = message.qos();
    entry.retain = message.retain();
    return entry;
  }

  /** Of a payload above the limit, in bytes, only its size is stored. */
  HistoryEntry limitedTo(long limit) {
    if (payload.length > limit) {
      payloadSize = payload.length;
      payloadOmitted = "larger than the limit of %,d bytes".formatted(limit);
      payload = NOTHING;
    }
    return this;
  }

  long getId() {
    return id;
  }

  void setId(long id) {
    this.id = id;
  }

  Instant getTimestamp() {
    return timestamp;
  }

  int payloadBytes() {
    return payload.length;
  }

  /** Names the row and nothing of its message: Camel and Hibernate put this into debug logs. */
  @Override
  public String toString() {
    return "HistoryEntry[id=%d]".formatted(id);
  }

  private static List<UserProperty> storable(List<UserProperty> properties) {
    return properties.stream()
        .map(p -> new UserProperty(StorableText.of(p.name()), StorableText.of(p.value())))
        .toList();
  }
}
