/**
 * The record of every message received and sent, in one table of PostgreSQL partitioned by day.
 *
 * <p>{@code direct:recordReceived} completes an exchange after the commit that stored its message,
 * never before: so whoever acknowledges on completion acknowledges what is safe. The messages that
 * wait are stored together ({@link org.mqttintegration.history.GroupCommit}), and so are those that
 * were sent, with their outcomes ({@link org.mqttintegration.history.SentRecorder}). Other records
 * are known by id only, and history outlives them.
 */
@NullMarked
package org.mqttintegration.history;

import org.jspecify.annotations.NullMarked;
