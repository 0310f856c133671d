/**
 * The engineers' route files, {@code routes/*.camel.yaml}. A file that is wrong is refused by name,
 * line and column, and touches nothing else.
 */
@NullMarked
package org.mqttintegration.routefile;

import org.jspecify.annotations.NullMarked;
