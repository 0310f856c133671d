package org.mqttintegration.bridge.trace;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which steps of routes are kept.
 *
 * @param enabled whether any are
 * @param keep for how long
 * @param stepsPerSecond how many in the long run; of what is above, only failures are kept
 */
@Validated
@ConfigurationProperties("mqtt-integration.bridge.trace")
record TraceSettings(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("7d") Duration keep,
    @DefaultValue("500") @Min(1) int stepsPerSecond) {}
