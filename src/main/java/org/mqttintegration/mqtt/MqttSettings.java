package org.mqttintegration.mqtt;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What all connections have in common.
 *
 * @param inFlightLimit how many QoS 1 and 2 messages may be in memory, half of them those of one
 *     connection; brokers that send more are held back from there on
 * @param inFlightBytes how large their payloads may be together
 * @param answerTimeout how long a SUBACK, UNSUBACK, PUBACK or PUBCOMP may take; for the latter two
 *     the time does not run while the broker is held back, as the answer waits behind what it sent
 * @param reconnectDelay the delay before the second attempt to connect; it doubles with each
 *     further one
 * @param reconnectDelayMax the longest delay between two attempts
 * @param refusedDelay the delay after a refusal that another attempt does not change, such as Not
 *     authorized, or an address that must not be connected to
 * @param certificates the directory of certificates and keys
 * @param certificateWarning how long before its end a certificate is warned of
 */
@ConfigurationProperties("mqtt-integration.mqtt")
record MqttSettings(
    @DefaultValue("8000") int inFlightLimit,
    @DefaultValue("128MB") DataSize inFlightBytes,
    @DefaultValue("10s") Duration answerTimeout,
    @DefaultValue("500ms") Duration reconnectDelay,
    @DefaultValue("30s") Duration reconnectDelayMax,
    @DefaultValue("5m") Duration refusedDelay,
    @DefaultValue("config/certificates") Path certificates,
    @DefaultValue("30d") Duration certificateWarning) {}
