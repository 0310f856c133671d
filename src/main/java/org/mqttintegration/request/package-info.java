/**
 * Request and response (MQTT 5, section 4.10): a signal that is sent with a response topic of our
 * own, and the message that comes back to it. A response is recorded as every message is, and then
 * handed to the caller who waits for it.
 */
@NullMarked
package org.mqttintegration.request;

import org.jspecify.annotations.NullMarked;
