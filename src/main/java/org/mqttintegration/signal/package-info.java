/**
 * Signals: messages that are sent on request. {@code direct:publish} takes a {@link
 * org.mqttintegration.signal.Publish}, waits for the broker's answer, records the message and
 * answers a {@link org.mqttintegration.signal.SendResult}.
 */
@NullMarked
package org.mqttintegration.signal;

import org.jspecify.annotations.NullMarked;
