package org.mqttintegration.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A place in a body.
 *
 * @param path the fields that lead there, as in {@code will.topic} or {@code
 *     userProperties[0].name}; {@code ""} for the body itself
 * @param schema what stands there, null where the contract has nothing
 * @param node what was sent
 */
record FieldPlace(String path, @Nullable Schema<?> schema, JsonNode node) {

  /** The place that a JSON Pointer (RFC 6901) leads to. */
  static FieldPlace of(String pointer, Contract contract, Schema<?> schema, JsonNode body) {
    FieldPlace place = new FieldPlace("", schema, body);
    for (String step : pointer.split("/")) {
      if (!step.isEmpty()) {
        place = place.at(step.replace("~1", "/").replace("~0", "~"), contract);
      }
    }
    return place;
  }

  /** The path of a field of this place. */
  String field(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private FieldPlace at(String step, Contract contract) {
    Schema<?> items = schema == null ? null : schema.getItems();
    if (node.isArray()) {
      Schema<?> item = items == null ? null : contract.resolved(items);
      return new FieldPlace(path + "[" + step + "]", item, node.path(Integer.parseInt(step)));
    }
    Schema<?> field = schema == null ? null : Contract.fields(schema).get(step);
    return new FieldPlace(
        field(step), field == null ? null : contract.resolved(field), node.path(step));
  }
}
