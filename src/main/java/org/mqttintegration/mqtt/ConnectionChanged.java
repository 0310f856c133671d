package org.mqttintegration.mqtt;

/**
 * An application event: a connection's status changed.
 *
 * @param key the key under which the connection was opened
 * @param status the new status
 */
public record ConnectionChanged(String key, ConnectionStatus status) {}
