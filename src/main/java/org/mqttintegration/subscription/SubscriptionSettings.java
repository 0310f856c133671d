package org.mqttintegration.subscription;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of subscriptions.
 *
 * @param answerTimeout how long the operation subscribe waits for the broker's answer before it
 *     tells that there is none yet
 */
@ConfigurationProperties("mqtt-integration.subscription")
record SubscriptionSettings(@DefaultValue("5s") Duration answerTimeout) {}
