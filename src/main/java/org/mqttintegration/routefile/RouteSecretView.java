package org.mqttintegration.routefile;

import java.time.Instant;
import java.util.List;

/**
 * What is told of a secret of route files.
 *
 * @param name its name, as in {@code {{secret:name}}}
 * @param updatedAt when its value was given
 * @param usedBy the route files that name it
 */
record RouteSecretView(String name, Instant updatedAt, List<String> usedBy) {}
