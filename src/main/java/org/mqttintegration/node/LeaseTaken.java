package org.mqttintegration.node;

/** An application event: this node has a lease from now on. Its holder begins afterwards. */
public record LeaseTaken(Lease lease) {}
