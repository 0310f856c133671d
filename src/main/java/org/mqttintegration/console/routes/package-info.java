/**
 * The pages of routes: their files in an editor, what runs of them as a picture with live counts,
 * dead letters, and how far durable routes are.
 */
@NullMarked
package org.mqttintegration.console.routes;

import org.jspecify.annotations.NullMarked;
