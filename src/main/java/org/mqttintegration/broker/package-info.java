/**
 * MQTT brokers: how to connect to them, and whether that works. Every broker is wanted connected;
 * {@code mqtt} keeps the actual connections, under the broker's id.
 *
 * <p>Features above look brokers up by {@link org.mqttintegration.broker.Brokers}, and answer
 * {@link org.mqttintegration.broker.BrokerRemoval} when they use one that shall go.
 */
@NullMarked
package org.mqttintegration.broker;

import org.jspecify.annotations.NullMarked;
