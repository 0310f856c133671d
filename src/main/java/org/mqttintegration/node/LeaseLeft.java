package org.mqttintegration.node;

/**
 * An application event: this node's holder of a lease has ended. Until all have heard of it no
 * other node gets the lease, unless it is lost already.
 */
public record LeaseLeft(Lease lease) {}
