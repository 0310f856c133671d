package org.mqttintegration.console;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the console is served.
 *
 * @param sessionLifetime how long a sign-in lasts at most, however busy
 */
@ConfigurationProperties("mqtt-integration.console")
record ConsoleSettings(@DefaultValue("12h") Duration sessionLifetime) {}
