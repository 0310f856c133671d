package org.mqttintegration.broker;

/**
 * An application event: a broker was deleted, here or on another node, and the transaction is
 * committed. Its connection is still there, so that consumers can end in good order.
 *
 * @param brokerId the id it had
 */
public record BrokerRemoved(long brokerId) {}
