package org.mqttintegration.routefile.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may stand at one place of a route file: all the alternatives that Camel's schema has for it,
 * as one. Of a schema made of {@code oneOf} and {@code anyOf} a validator only tells that none of
 * the alternatives fits; this tells which key is wrong.
 */
final class Shape {

  private final Map<String, List<JsonNode>> properties = new LinkedHashMap<>();
  private final Map<String, Shape> children = new HashMap<>();
  private final List<JsonNode> items = new ArrayList<>();
  private final Set<String> definitions = new LinkedHashSet<>();
  private final Set<String> types = new LinkedHashSet<>();
  private final Set<String> choices = new LinkedHashSet<>();
  private final Set<String> required = new LinkedHashSet<>();
  private final List<Set<String>> exclusive = new ArrayList<>();
  private final CamelSchema schema;
  private boolean single;
  private @Nullable Shape item;

  Shape(CamelSchema schema, List<JsonNode> alternatives) {
    this.schema = schema;
    alternatives.forEach(alternative -> merge(alternative, false));
  }

  private void merge(JsonNode node, boolean alternative) {
    if (node.has("$ref")) {
      String name = CamelSchema.name(node.path("$ref").asText());
      definitions.add(name);
      merge(schema.definition(name), alternative);
      return;
    }
    if (node.has("type")) {
      types.add(node.path("type").asText());
    }
    node.path("properties").properties().forEach(property -> addProperty(property));
    node.path("enum").forEach(value -> choices.add(value.asText()));
    single |= node.path("maxProperties").asInt() == 1;
    if (node.has("items")) {
      items.add(node.path("items"));
    }
    if (!alternative) {
      node.path("required").forEach(name -> required.add(name.asText()));
    }
    mergeAlternatives(node.path("oneOf"));
    mergeAlternatives(node.path("anyOf"));
  }

  /** Where an alternative says no more of a key than that it is there, another one says more. */
  private void addProperty(Map.Entry<String, JsonNode> property) {
    List<JsonNode> known = properties.computeIfAbsent(property.getKey(), k -> new ArrayList<>());
    if (!property.getValue().isEmpty()) {
      known.add(property.getValue());
    }
  }

  private void mergeAlternatives(JsonNode alternatives) {
    Set<String> members = new LinkedHashSet<>();
    for (JsonNode alternative : alternatives) {
      if (alternative.has("not")) {
        continue;
      }
      boolean member = isMember(alternative);
      if (member) {
        members.add(alternative.path("required").path(0).asText());
      }
      merge(alternative, member);
    }
    if (members.size() > 1) {
      exclusive.add(members);
    }
  }

  /** One of several keys of which one is there, such as the languages of an expression. */
  private static boolean isMember(JsonNode alternative) {
    return alternative.path("required").size() == 1 && alternative.path("properties").size() == 1;
  }

  /** Whether it is, among others, that model of Camel, as in {@code ProcessorDefinition}. */
  boolean is(String model) {
    return definitions.contains(CamelSchema.MODEL + model);
  }

  /**
   * Whether it is one of the models below that package, as in {@code language}. A place that may
   * have an expression is none itself.
   */
  boolean isBelow(String packageName) {
    return definitions.stream()
        .filter(name -> name.startsWith(CamelSchema.MODEL + packageName + "."))
        .anyMatch(name -> !name.endsWith(".ExpressionDefinition"));
  }

  Set<String> keys() {
    return properties.keySet();
  }

  /** What stands behind a key, null when there is no such key. */
  @Nullable Shape child(String key) {
    List<JsonNode> alternatives = properties.get(key);
    if (alternatives == null) {
      return null;
    }
    return children.computeIfAbsent(key, k -> new Shape(schema, alternatives));
  }

  /** What each entry of a list is, null when it is no list. */
  @Nullable Shape item() {
    if (item == null && !items.isEmpty()) {
      item = new Shape(schema, items);
    }
    return item;
  }

  Set<String> required() {
    return required;
  }

  /** Keys of which at most one may be there. */
  List<Set<String>> exclusive() {
    return exclusive;
  }

  /** Whether exactly one key is expected. */
  boolean single() {
    return single;
  }

  /** The texts that are allowed, none when all are. */
  Set<String> choices() {
    return choices;
  }

  boolean isMapping() {
    return types.contains("object") || !properties.isEmpty();
  }

  /** Whether the keys are nobody's but the author's, such as parameters of endpoints. */
  boolean isOpen() {
    return types.isEmpty() && properties.isEmpty() && items.isEmpty()
        || types.contains("object") && properties.isEmpty();
  }

  boolean isScalar() {
    return types.contains("string") || isBoolean() || isNumber() || isAnything();
  }

  boolean isText() {
    return types.contains("string") || isAnything();
  }

  boolean isBoolean() {
    return types.contains("boolean");
  }

  boolean isNumber() {
    return types.contains("number") || types.contains("integer");
  }

  private boolean isAnything() {
    return types.isEmpty() && properties.isEmpty() && items.isEmpty();
  }
}
