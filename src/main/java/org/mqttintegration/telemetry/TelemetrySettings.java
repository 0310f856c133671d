package org.mqttintegration.telemetry;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces go.
 *
 * @param endpoint where spans are posted to by OTLP over HTTP, as in
 *     http://127.0.0.1:4318/v1/traces; no traces when absent
 * @param sampling of the messages that bring no trace along, which part is traced, from 0 to 1
 */
@ConfigurationProperties("mqtt-integration.telemetry")
record TelemetrySettings(@Nullable URI endpoint, @DefaultValue("1") double sampling) {}
