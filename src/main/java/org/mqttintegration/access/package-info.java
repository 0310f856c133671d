/** Who is asking, and what they may do. */
@NullMarked
package org.mqttintegration.access;

import org.jspecify.annotations.NullMarked;
