package org.mqttintegration.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the REST API.
 *
 * @param maxBodySize the largest request body that is taken; a larger one is answered with 413
 */
@ConfigurationProperties("mqtt-integration.api")
public record ApiProperties(@DefaultValue("10MB") DataSize maxBodySize) {}
