package org.mqttintegration.mqtt;

/**
 * One User Property (MQTT 5, section 3.3.2.3.7). Names may repeat and their order counts.
 *
 * @param name the name
 * @param value the value
 */
public record UserProperty(String name, String value) {}
