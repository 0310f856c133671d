package org.mqttintegration.console;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the console is served.
 *
 * @param sessionLifetime how long a sign-in lasts at most, however busy
 * @param livePages how many open pages are kept up to date at most
 */
@Validated
@ConfigurationProperties("mqtt-integration.console")
public record ConsoleSettings(
    @DefaultValue("12h") Duration sessionLifetime, @DefaultValue("500") @Min(1) int livePages) {}
