package org.mqttintegration.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.mqtt.UserProperty;
import org.mqttintegration.resource.PayloadEncoding;

/** A message of the history as REST shows it: the contract's {@code HistoryEntry}. */
record HistoryItem(
    long id,
    long brokerId,
    @Nullable Long subscriptionId,
    @Nullable Long signalId,
    String topic,
    String payload,
    PayloadEncoding payloadEncoding,
    int payloadSize,
    @Nullable String payloadOmitted,
    int qos,
    boolean retain,
    boolean duplicate,
    Direction direction,
    Instant timestamp,
    String displayName,
    @Nullable String contentType,
    @Nullable Integer payloadFormatIndicator,
    @Nullable Long messageExpiryInterval,
    @Nullable String responseTopic,
    @Nullable String correlationData,
    @Nullable Integer subscriptionIdentifier,
    List<UserProperty> userProperties) {}
