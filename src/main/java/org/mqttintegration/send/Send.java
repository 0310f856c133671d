package org.mqttintegration.send;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A send as everybody may see it.
 *
 * @param id its id
 * @param brokerId the broker it is for
 * @param signalId the signal that it comes from, null for none
 * @param batchId the batch it came in, null for none
 * @param topic the topic
 * @param payloadSize the payload's size, in bytes
 * @param qos the QoS
 * @param retain the RETAIN flag
 * @param status how far it is
 * @param reasonCode the broker's last reason code, null without one and for QoS 0
 * @param reason why it is where it is, in words; null when there is nothing to say
 * @param attempts how often it was published
 * @param acceptedAt when it was stored
 * @param sentAt when it was published last, null when it never was
 * @param nextAttemptAt when it is published again, null when nothing delays it
 * @param expiresAt when it is given up if the broker has not got it
 * @param finishedAt when it had its outcome, null when it has none
 * @param historyId its row in the history, null when it was not sent
 * @param origin who or what asked for it
 */
public record Send(
    long id,
    long brokerId,
    @Nullable Long signalId,
    @Nullable Long batchId,
    String topic,
    int payloadSize,
    int qos,
    boolean retain,
    SendStatus status,
    @Nullable Integer reasonCode,
    @Nullable String reason,
    int attempts,
    Instant acceptedAt,
    @Nullable Instant sentAt,
    @Nullable Instant nextAttemptAt,
    Instant expiresAt,
    @Nullable Instant finishedAt,
    @Nullable Long historyId,
    SendOrigin origin) {

  Send as(SendStatus other) {
    return new Send(
        id,
        brokerId,
        signalId,
        batchId,
        topic,
        payloadSize,
        qos,
        retain,
        other,
        reasonCode,
        reason,
        attempts,
        acceptedAt,
        sentAt,
        nextAttemptAt,
        expiresAt,
        finishedAt,
        historyId,
        origin);
  }
}
