/** What is otherwise between two texts, for pages that show it. */
@NullMarked
package org.mqttintegration.console.difference;

import org.jspecify.annotations.NullMarked;
