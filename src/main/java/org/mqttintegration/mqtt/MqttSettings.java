package org.mqttintegration.mqtt;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What all connections have in common.
 *
 * @param sessionExpiry how long a broker keeps our session while we are away (MQTT 5, section
 *     3.1.2.11.2)
 * @param receiveMaximum how many QoS 1 and 2 messages may be unacknowledged, 1 to 65,535 (section
 *     3.1.2.11.3)
 * @param maximumPacketSize the largest packet that a broker may send us (section 3.1.2.11.4)
 * @param inFlightLimit how many QoS 1 and 2 messages of a connection may be in memory; a broker
 *     that sends more than its Receive Maximum allows is held back from there on
 * @param inFlightBytes how large their payloads may be together
 * @param answerTimeout how long a SUBACK, UNSUBACK, PUBACK or PUBCOMP may take
 * @param reconnectDelay the delay before the second attempt to connect; it doubles with each
 *     further one
 * @param reconnectDelayMax the longest delay between two attempts
 */
@ConfigurationProperties("mqtt-integration.mqtt")
record MqttSettings(
    @DefaultValue("7d") Duration sessionExpiry,
    @DefaultValue("1000") int receiveMaximum,
    @DefaultValue("16MB") DataSize maximumPacketSize,
    @DefaultValue("4000") int inFlightLimit,
    @DefaultValue("64MB") DataSize inFlightBytes,
    @DefaultValue("10s") Duration answerTimeout,
    @DefaultValue("500ms") Duration reconnectDelay,
    @DefaultValue("30s") Duration reconnectDelayMax) {}
