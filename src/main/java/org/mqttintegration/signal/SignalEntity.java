package org.mqttintegration.signal;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.activity.RecordKind;
import org.mqttintegration.activity.RecordRef;
import org.mqttintegration.resource.PayloadEncoding;
import org.mqttintegration.send.PayloadFormat;
import org.mqttintegration.send.SendProperties;

/** A row of {@code signal}. */
@Entity(name = "Signal")
@Table(name = "signal")
class SignalEntity {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  String name = "";
  long brokerId;
  @Nullable Long subscriptionId;
  String topic = "";
  byte[] payload = {};
  PayloadEncoding payloadEncoding = PayloadEncoding.UTF8;
  PayloadFormat payloadFormat = PayloadFormat.TEXT;
  boolean retain;
  int qos;

  @JdbcTypeCode(SqlTypes.JSON)
  @Nullable SendProperties properties;

  @Nullable Instant sendAt;

  long id() {
    return Objects.requireNonNull(id, "not stored yet");
  }

  /** As its story has it. */
  RecordRef record() {
    return RecordRef.of(RecordKind.SIGNAL, id(), name);
  }

  /** Takes over a valid request, to this topic where it has none of its own. */
  void apply(SignalRequest request, String subscriptionTopic) {
    name = Objects.requireNonNull(request.name());
    brokerId = Objects.requireNonNull(request.brokerId());
    subscriptionId = request.subscriptionId();
    topic = Objects.requireNonNullElse(request.topic(), subscriptionTopic);
    payload = request.bytes();
    payloadEncoding = request.encoding();
    payloadFormat = request.format();
    retain = Objects.requireNonNullElse(request.retain(), false);
    qos = Objects.requireNonNullElse(request.qos(), 0);
    properties = request.properties();
  }

  /** The request that would store what is stored. */
  SignalRequest asRequest() {
    return new SignalRequest(
        name,
        brokerId,
        subscriptionId,
        topic,
        payloadEncoding.encode(payload),
        payloadEncoding,
        payloadFormat,
        retain,
        qos,
        properties);
  }

  Signal view() {
    return new Signal(
        id(),
        name,
        brokerId,
        subscriptionId,
        topic,
        payloadEncoding.encode(payload),
        payloadEncoding,
        payloadFormat,
        retain,
        qos,
        properties,
        sendAt,
        name + " → " + topic);
  }
}
