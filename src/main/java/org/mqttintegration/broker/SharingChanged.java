package org.mqttintegration.broker;

/**
 * An application event: the shared subscriptions of a broker are spread otherwise now. Connections
 * that no longer share are still there.
 *
 * @param brokerId the broker's id
 */
public record SharingChanged(long brokerId) {}
