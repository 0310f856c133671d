/**
 * Traces: what happens to a message as spans of OpenTelemetry. It knows messages by their ids and
 * by what the W3C calls traceparent; nothing goes out unless an endpoint is set.
 */
@NullMarked
package org.mqttintegration.telemetry;

import org.jspecify.annotations.NullMarked;
