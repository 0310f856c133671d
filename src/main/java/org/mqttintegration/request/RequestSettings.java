package org.mqttintegration.request;

import jakarta.validation.constraints.NotBlank;
import org.mqttintegration.send.ValidTopicName;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How requests are made.
 *
 * @param responseTopic below which topic responses come; two levels are added to it
 */
@Validated
@ConfigurationProperties("mqtt-integration.request")
record RequestSettings(
    @DefaultValue("mqtt-integration/responses") @NotBlank @ValidTopicName String responseTopic) {}
