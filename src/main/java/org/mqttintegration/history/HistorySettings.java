package org.mqttintegration.history;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How messages are recorded.
 *
 * @param batchSize the most messages that one transaction stores
 * @param batchBytes the payload bytes after which a transaction takes no further message
 * @param qos0Limit the waiting messages from which on arriving QoS 0 messages are dropped
 * @param qos0Bytes the waiting payload bytes from which on arriving QoS 0 messages are dropped
 * @param maxPayload the largest payload that is stored; of a larger one only its size is
 * @param retention for how long messages are kept; for good when absent
 * @param stopTimeout how long stopping waits for the database to take what is waiting
 */
@Validated
@ConfigurationProperties("mqtt-integration.history")
record HistorySettings(
    @DefaultValue("1000") @Min(1) @Max(10_000) int batchSize,
    @DefaultValue("8MB") DataSize batchBytes,
    @DefaultValue("100000") @Min(1) int qos0Limit,
    @DefaultValue("128MB") DataSize qos0Bytes,
    @DefaultValue("16MB") DataSize maxPayload,
    @DurationMin(minutes = 1) @Nullable Duration retention,
    @DefaultValue("10s") Duration stopTimeout) {}
