package org.mqttintegration.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.springframework.stereotype.Component;

/** JSON Merge Patch (RFC 7396) for requests. */
@Component
public class MergePatch {

  private final ObjectMapper json;

  MergePatch(ObjectMapper json) {
    this.json = json;
  }

  /**
   * A request with the fields of a patch. A field that the patch gives as null is removed, one that
   * it does not name stays. The result is not validated yet.
   *
   * @param current what is stored, as the request that would store it
   * @throws ProblemException when the patch is no JSON object, or names a field or a type that the
   *     request does not have
   */
  public <T extends Record> T apply(T current, @Nullable JsonNode patch, Class<T> type) {
    if (!(patch instanceof ObjectNode fields)) {
      throw ProblemException.invalid("", "A JSON Merge Patch is a JSON object.");
    }
    ObjectNode merged = json.valueToTree(current);
    merge(merged, fields);
    try {
      return json.readerFor(type)
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .readValue(merged);
    } catch (JsonProcessingException e) {
      throw JsonFault.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    patch
        .properties()
        .forEach(
            field -> {
              if (field.getValue() instanceof ObjectNode change
                  && target.get(field.getKey()) instanceof ObjectNode part) {
                merge(part, change);
              } else {
                // null stays in as null: to a record that is the same as absent, and WriteOnly
                // needs it
                target.set(field.getKey(), field.getValue());
              }
            });
  }
}
