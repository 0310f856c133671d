/**
 * The history for people: the list of messages, which scrolls on and on and shows new ones as they
 * come, each message with its payload, sending it again, and exports with their progress. All of it
 * is asked of the contract's operations; an export's progress is this package's own, in memory.
 */
@NullMarked
package org.mqttintegration.console.history;

import org.jspecify.annotations.NullMarked;
