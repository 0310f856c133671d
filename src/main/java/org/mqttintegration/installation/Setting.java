package org.mqttintegration.installation;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A setting in force.
 *
 * @param name its name, as in a file
 * @param description what it is
 * @param value its value, null when it has none or is hidden
 * @param set whether it has a value
 * @param hidden whether its value is never told
 * @param origin where the value is from
 * @param place the file and line, or the variable; null for a default
 * @param preset its value when nobody sets it, null when it has none
 */
record Setting(
    String name,
    String description,
    @Nullable String value,
    boolean set,
    boolean hidden,
    Origin origin,
    @Nullable String place,
    @JsonProperty("default") @Nullable String preset) {}
