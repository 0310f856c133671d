/**
 * What routes do with messages of the history, step by step, written beside the messages' way: a
 * route is never held up by it, and where there is too much of it, that is told.
 */
@NullMarked
package org.mqttintegration.bridge.trace;

import org.jspecify.annotations.NullMarked;
