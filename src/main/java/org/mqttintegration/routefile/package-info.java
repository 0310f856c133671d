/**
 * The engineers' route files, {@code routes/*.camel.yaml}, and the {@code signal:} endpoint that
 * they use. A file that is wrong is refused by name and touches nothing else.
 */
@NullMarked
package org.mqttintegration.routefile;

import org.jspecify.annotations.NullMarked;
