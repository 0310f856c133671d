package org.mqttintegration.activity;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What became of a field.
 *
 * @param field its name in the API, as in {@code tls.caFile}
 * @param old what it was, null when it had no value or is hidden
 * @param new_ what it is; the same
 * @param hidden whether it is a secret or a payload, of which only is told that it changed
 */
record FieldChange(
    String field,
    @Nullable JsonNode old,
    @com.fasterxml.jackson.annotation.JsonProperty("new") @Nullable JsonNode new_,
    boolean hidden) {

  static FieldChange hidden(String field) {
    return new FieldChange(field, null, null, true);
  }
}
