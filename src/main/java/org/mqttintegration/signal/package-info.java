/**
 * Signals: messages that are sent on request, over and over. What a send becomes is the room {@code
 * send}.
 */
@NullMarked
package org.mqttintegration.signal;

import org.jspecify.annotations.NullMarked;
