/**
 * Schedules: signals that are sent by themselves, once, every interval, or as a cron expression
 * says.
 *
 * <p>What is wanted is a row of ours; of those that are active Quartz has a job and a trigger,
 * changed in the same transaction ({@link org.mqttintegration.schedule.Plans}). When they fire, is
 * a {@link org.mqttintegration.schedule.Timing}; that they fire once, whichever node does it and
 * whenever it is killed, is Quartz's clustered store together with an idempotency key of each
 * firing.
 */
@NullMarked
package org.mqttintegration.schedule;

import org.jspecify.annotations.NullMarked;
