/**
 * MQTT 5 itself: one connection per broker, shared by all its subscription endpoints and by
 * sending.
 *
 * <p>{@link org.mqttintegration.mqtt.MqttConnections} keeps the connections by a key that the
 * caller chooses; Camel routes reach them through {@code paho-mqtt5:<topic>?connection=<key>}.
 * Nothing here knows of records or of a database: a message is acknowledged when the exchange made
 * of it has completed without failure.
 */
@NullMarked
package org.mqttintegration.mqtt;

import org.jspecify.annotations.NullMarked;
