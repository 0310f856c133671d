package org.mqttintegration.activity;

import org.jspecify.annotations.Nullable;

/**
 * Who answers for a record.
 *
 * @param user a user's name, null for nobody
 */
record ResponsibleRequest(@Nullable String user) {}
