package org.mqttintegration.send;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How sends are sent.
 *
 * @param waitingLimit how many sends may wait for one broker; above, none is accepted
 * @param waitingTime how long a send may wait for its outcome; then it has expired
 * @param attempts how often a send is published at most
 * @param retryDelay the delay before the second attempt; it doubles with each further one
 * @param retryDelayMax the longest delay between two attempts
 * @param inFlight how many sends of one broker may await its answer, where it does not allow less
 * @param window how many waiting sends of one broker are in memory
 * @param windowBytes how large their payloads may be together
 * @param batchLimit how many lines a batch may have
 * @param keep how long a send is kept after its outcome; the history is kept apart
 * @param idempotencyKeep how long an Idempotency-Key is known
 */
@Validated
@ConfigurationProperties("mqtt-integration.send")
record SendSettings(
    @DefaultValue("100000") @Min(1) int waitingLimit,
    @DefaultValue("24h") Duration waitingTime,
    @DefaultValue("8") @Min(1) int attempts,
    @DefaultValue("1s") Duration retryDelay,
    @DefaultValue("5m") Duration retryDelayMax,
    @DefaultValue("256") @Min(1) int inFlight,
    @DefaultValue("1000") @Min(1) int window,
    @DefaultValue("32MB") DataSize windowBytes,
    @DefaultValue("10000") @Min(1) int batchLimit,
    @DefaultValue("7d") Duration keep,
    @DefaultValue("24h") Duration idempotencyKeep) {}
