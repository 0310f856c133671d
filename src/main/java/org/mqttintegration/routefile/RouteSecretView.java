package org.mqttintegration.routefile;

import java.time.Instant;

/**
 * What is told of a secret of route files.
 *
 * @param name its name, as in {@code {{secret:name}}}
 * @param updatedAt when its value was given
 */
record RouteSecretView(String name, Instant updatedAt) {}
