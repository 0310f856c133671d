/**
 * Sends: messages on their way to a broker, each kept until it has an outcome.
 *
 * <p>The {@link org.mqttintegration.send.Outbox} accepts a message by storing it. The {@link
 * org.mqttintegration.send.Dispatcher} publishes what is stored, in order for each broker and
 * topic, and stores what the broker answered together with the history, in one commit. Route files
 * use {@code direct:publish}, which takes a {@link org.mqttintegration.send.Publish}.
 */
@NullMarked
package org.mqttintegration.send;

import org.jspecify.annotations.NullMarked;
