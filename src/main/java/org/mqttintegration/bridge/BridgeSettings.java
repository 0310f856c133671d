package org.mqttintegration.bridge;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How routes receive, and what becomes of exchanges that fail.
 *
 * @param window how many messages of a route are in memory
 * @param windowBytes how large their payloads may be together
 * @param redeliveries how often a step that failed is tried again
 * @param redeliveryDelay the delay before that; it doubles with each further time
 * @param redeliveryDelayMax the longest delay
 * @param hopLimit through how many routes that receive and send a message may go
 */
@Validated
@ConfigurationProperties("mqtt-integration.bridge")
record BridgeSettings(
    @DefaultValue("1000") @Min(1) int window,
    @DefaultValue("16MB") DataSize windowBytes,
    @DefaultValue("5") @Min(0) int redeliveries,
    @DefaultValue("1s") Duration redeliveryDelay,
    @DefaultValue("30s") Duration redeliveryDelayMax,
    @DefaultValue("8") @Min(1) @Max(1000) int hopLimit) {}
