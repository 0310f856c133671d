/**
 * Which addresses may be connected to. Everything that connects somewhere for a broker or a route
 * asks here at each connect, after the name was resolved, and connects to the address that was
 * asked about.
 */
@NullMarked
package org.mqttintegration.outbound;

import org.jspecify.annotations.NullMarked;
