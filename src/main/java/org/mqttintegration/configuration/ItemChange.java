package org.mqttintegration.configuration;

import com.fasterxml.jackson.databind.EnumNamingStrategies.CamelCaseStrategy;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an import makes of one record or file.
 *
 * @param section the section that it is in
 * @param name what it is known by
 * @param change what becomes of it
 * @param fields the fields of one that changes; none else
 * @param over whether it is of the past from the beginning: a schedule that fires no more
 */
record ItemChange(
    String section, String name, Kind change, List<FieldChange> fields, boolean over) {

  private static final int LONGEST = 1_000;

  /** What can become of a record. */
  @EnumNaming(CamelCaseStrategy.class)
  enum Kind {
    /** It was not there. */
    ADDED,
    /** Some of its fields are others. */
    CHANGED,
    /** The document does not have it. */
    REMOVED
  }

  /**
   * A field that changes.
   *
   * @param field its name
   * @param before its value until then, as text or JSON; null for none
   * @param after its value then
   * @param hidden whether the values are not told
   */
  record FieldChange(
      String field, @Nullable String before, @Nullable String after, boolean hidden) {}

  static ItemChange of(String section, String name, Kind change) {
    return new ItemChange(section, name, change, List.of(), false);
  }

  /** What differs between two states; no fields when nothing does. */
  static ItemChange between(
      String section, String name, ObjectNode before, ObjectNode after, Set<String> secrets) {
    Set<String> names = new TreeSet<>(secrets);
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    List<FieldChange> changes = new ArrayList<>();
    for (String field : names) {
      if (secrets.contains(field)) {
        changes.add(new FieldChange(field, null, null, true));
      } else if (!before.path(field).equals(after.path(field))) {
        changes.add(new FieldChange(field, text(before.get(field)), text(after.get(field)), false));
      }
    }
    return new ItemChange(section, name, Kind.CHANGED, changes, false);
  }

  /** The same, of a record that is of the past or not. */
  ItemChange over(boolean isOver) {
    return new ItemChange(section, name, change, fields, isOver);
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return null;
    }
    String text = value.isValueNode() ? value.asText() : value.toString();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
