/**
 * The {@code signal:} endpoint, by which routes receive what is recorded and send what goes through
 * the outbox; how far durable routes are in the history; and the exchanges that failed for good.
 */
@NullMarked
package org.mqttintegration.bridge;

import org.jspecify.annotations.NullMarked;
