package org.mqttintegration.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.resource.JsonFault;
import org.springframework.stereotype.Component;

/** Fields of items: what records make of them, and what is made of records. */
@Component
class ItemFields {

  /** Ids are of one database; documents have names. */
  private static final List<String> IDS = List.of("id", "brokerId", "subscriptionId", "signalId");

  private static final String NUMBER = "number";

  private final ObjectMapper json;

  ItemFields(ObjectMapper json) {
    this.json = json;
  }

  /** Nothing yet. */
  ObjectNode none() {
    return json.createObjectNode();
  }

  /** Adds some fields of a view, those with a value. */
  ObjectNode add(ObjectNode to, Object view, List<String> names) {
    JsonNode all = json.valueToTree(view);
    for (String name : names) {
      JsonNode value = all.path(name);
      dropNulls(value);
      if (!isEmpty(value)) {
        to.set(name, value);
      }
    }
    return to;
  }

  /** As a document would be read: numbers have the kinds that a parser gives them. */
  ObjectNode asRead(ObjectNode fields) {
    try {
      return (ObjectNode) json.readTree(json.writeValueAsBytes(fields));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isMissingNode() || value.isNull() || value.isContainerNode() && value.isEmpty();
  }

  private static void dropNulls(JsonNode value) {
    if (value instanceof ObjectNode object) {
      object.properties().removeIf(field -> field.getValue().isNull());
      object.forEach(ItemFields::dropNulls);
    }
  }

  /**
   * The request that an item is, after the names in it have become ids.
   *
   * @throws ProblemException when it has a field or a type that the request does not have
   */
  <T> T request(ObjectNode item, Class<T> type) {
    try {
      return json.readerFor(type)
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .readValue(item);
    } catch (JsonProcessingException e) {
      throw JsonFault.of(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy to be changed, of an item without ids. */
  static ObjectNode copy(ObjectNode item) {
    for (String id : IDS) {
      if (item.has(id)) {
        throw ProblemException.invalid(id, "There is no such field; records are named here.");
      }
    }
    return item.deepCopy();
  }

  /** A text that an item has to have. */
  static String text(ObjectNode item, String field) {
    JsonNode value = item.path(field);
    if (!value.isValueNode() || value.isNull() || value.asText().isEmpty()) {
      throw ProblemException.invalid(field, "It is needed.");
    }
    return value.asText();
  }

  /** Takes a text out of an item, null when it has none. */
  static @Nullable String take(ObjectNode item, String field) {
    JsonNode value = item.remove(field);
    return value == null || value.isNull() ? null : value.asText();
  }

  /** Takes a flag out of an item. */
  static boolean take(ObjectNode item, String field, boolean absent) {
    JsonNode value = item.remove(field);
    if (value == null || value.isNull()) {
      return absent;
    }
    if (!value.isBoolean()) {
      throw ProblemException.invalid(field, "Either true or false.");
    }
    return value.booleanValue();
  }

  /** Which one of several that are alike, the oldest is 1. */
  static int number(ObjectNode item, String field) {
    JsonNode value = item.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return 1;
    }
    if (!value.isInt() || value.intValue() < 1) {
      throw ProblemException.invalid(field, "A whole number from 1.");
    }
    return value.intValue();
  }

  /** The same, by the field of an item itself. */
  static int number(ObjectNode item) {
    return number(item, NUMBER);
  }

  /** Says which one it is, where it is not the first. */
  static void number(ObjectNode item, int number) {
    if (number > 1) {
      item.put(NUMBER, number);
    }
  }

  /** The end of the key of one of several that are alike. */
  static String suffix(int number) {
    return number == 1 ? "" : " (%d)".formatted(number);
  }
}
