/** The history in the console, and what became of each message. */
@NullMarked
package org.mqttintegration.console.history;

import org.jspecify.annotations.NullMarked;
