package org.mqttintegration.installation;

import org.jspecify.annotations.Nullable;

/**
 * A setting that there is, as the build notes it.
 *
 * @param name its name, as in a file
 * @param type the Java type of its value
 * @param description what it is
 * @param preset its value when nobody sets it, null when it has none
 */
record KnownSetting(String name, String type, String description, @Nullable String preset) {}
