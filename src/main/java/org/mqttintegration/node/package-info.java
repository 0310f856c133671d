/**
 * The nodes: the processes that run over one database, and which of them has what only one may have
 * at a time.
 *
 * <p>A feature says by {@link org.mqttintegration.node.Leases#want} what some node shall have: the
 * connection of a broker, a durable route. The nodes share that evenly ({@link
 * org.mqttintegration.node.LeaseShares}), agree on who leads by Camel's cluster service, and the
 * one that does claims a {@link org.mqttintegration.node.Lease} with an epoch. Whatever a holder
 * writes is fenced by that epoch ({@link org.mqttintegration.node.Fence}): a node that was frozen,
 * and finds that another has taken over, can write nothing any more.
 */
@NullMarked
package org.mqttintegration.node;

import org.jspecify.annotations.NullMarked;
