package org.mqttintegration.activity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.javers.core.Javers;
import org.javers.core.JaversBuilder;
import org.javers.core.diff.changetype.map.EntryAdded;
import org.javers.core.diff.changetype.map.EntryChange;
import org.javers.core.diff.changetype.map.EntryRemoved;
import org.javers.core.diff.changetype.map.EntryValueChange;
import org.javers.core.diff.changetype.map.MapChange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells what differs between two states of a record, in the names that its fields have in the API.
 */
@Component
class FieldChanges {

  /** Values above are cut: a note is no copy of the record. */
  private static final int MAX_VALUE = 1_000;

  /** Fields of which only is told that they changed, whichever record has them. */
  private static final Set<String> HIDDEN =
      Set.of("password", "clientKey", "payload", "will.payload", "webSocket.headers");

  /** The same, for what a schedule fills its signal's payload with. */
  private static final String VALUES = "values.";

  private final ObjectMapper json;
  private final Javers javers = JaversBuilder.javers().registerValue(JsonNode.class).build();

  FieldChanges(ObjectMapper json) {
    this.json = json;
  }

  /** The fields of a record; only such with a value. */
  record Fields(Map<String, JsonNode> values) {}

  /**
   * What differs.
   *
   * @param before the request that would have stored it, null for a new record
   * @param after the request that stores it, null for one that is removed
   */
  List<FieldChange> between(@Nullable Object before, @Nullable Object after) {
    List<FieldChange> changes = new ArrayList<>();
    javers
        .compare(fields(before), fields(after))
        .getChangesByType(MapChange.class)
        .forEach(
            change -> {
              for (Object entry : change.getEntryChanges()) {
                changes.add(change((EntryChange) entry));
              }
            });
    changes.sort(Comparator.comparing(FieldChange::field));
    return changes;
  }

  private Fields fields(@Nullable Object request) {
    Map<String, JsonNode> fields = new TreeMap<>();
    if (request != null) {
      flatten("", json.valueToTree(request), fields);
    }
    return new Fields(fields);
  }

  /** Lists are values as a whole. */
  private static void flatten(String path, JsonNode node, Map<String, JsonNode> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  flatten(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      into));
    } else if (!node.isNull() && !(node.isArray() && node.isEmpty())) {
      into.put(path, node);
    }
  }

  private static FieldChange change(EntryChange entry) {
    String field = String.valueOf(entry.getKey());
    if (HIDDEN.contains(field) || field.startsWith(VALUES)) {
      return FieldChange.hidden(field);
    }
    if (entry instanceof EntryValueChange changed) {
      return new FieldChange(
          field, value(changed.getLeftValue()), value(changed.getRightValue()), false);
    }
    return entry instanceof EntryRemoved removed
        ? new FieldChange(field, value(removed.getValue()), null, false)
        : new FieldChange(field, null, value(((EntryAdded) entry).getValue()), false);
  }

  private static @Nullable JsonNode value(@Nullable Object value) {
    if (!(value instanceof JsonNode node)) {
      return null;
    }
    String text = node.isTextual() ? node.textValue() : node.toString();
    return text.length() <= MAX_VALUE
        ? node
        : TextNode.valueOf(
            "%s… (%,d characters)".formatted(text.substring(0, MAX_VALUE), text.length()));
  }
}
