package org.mqttintegration.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mqttintegration.configuration.ItemChange.FieldChange;
import org.mqttintegration.configuration.ItemChange.Kind;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.routefile.RouteFileDelivery;
import org.mqttintegration.routefile.check.RouteText;

/** What a document makes of the route files. */
final class RouteFilePlan {

  private static final String SECTION = ConfigurationDocument.ROUTE_FILES;

  private final Map<String, RouteText> stored = new LinkedHashMap<>();
  private final Map<String, RouteText> wanted = new LinkedHashMap<>();
  private final Map<String, String> places = new HashMap<>();
  private final List<RouteText> coming = new ArrayList<>();
  private final List<String> going = new ArrayList<>();
  private final List<ItemChange> changes = new ArrayList<>();
  private int unchanged;

  /**
   * A plan.
   *
   * @param prune whether files go that the document does not have
   * @param errors what is wrong with the document; more of it is added
   */
  RouteFilePlan(
      List<RouteText> stored,
      ConfigurationDocument document,
      boolean prune,
      List<FieldError> errors) {
    stored.forEach(file -> this.stored.put(file.name(), file));
    List<ObjectNode> items = document.items(SECTION);
    for (int i = 0; i < items.size(); i++) {
      read(items.get(i), ConfigurationDocument.place(SECTION, i), errors);
    }
    wanted.values().forEach(this::compare);
    if (prune && document.has(SECTION)) {
      stored.stream()
          .map(RouteText::name)
          .filter(name -> !wanted.containsKey(name))
          .forEach(this::goes);
    }
  }

  private void read(ObjectNode item, String place, List<FieldError> errors) {
    String name = item.path("name").asText();
    item.fieldNames()
        .forEachRemaining(
            field -> {
              if (!List.of("name", "content").contains(field)) {
                errors.add(new FieldError(place + "." + field, "There is no such field."));
              }
            });
    if (!RouteFileDelivery.isName(name)) {
      errors.add(new FieldError(place + ".name", "The name of a file, as in plant.camel.yaml."));
    } else if (!item.path("content").isTextual() || item.path("content").asText().isEmpty()) {
      errors.add(new FieldError(place + ".content", "What the file says, as text."));
    } else if (places.putIfAbsent(name, place) != null) {
      errors.add(new FieldError(place, "The document has it twice."));
    } else {
      wanted.put(name, new RouteText(name, item.path("content").asText()));
    }
  }

  private void compare(RouteText file) {
    RouteText before = stored.get(file.name());
    if (file.equals(before)) {
      unchanged++;
      return;
    }
    coming.add(file);
    changes.add(
        before == null
            ? ItemChange.of(SECTION, file.name(), Kind.ADDED)
            : new ItemChange(SECTION, file.name(), Kind.CHANGED, List.of(content()), false));
  }

  /** Its versions tell what differs. */
  private static FieldChange content() {
    return new FieldChange("content", null, null, true);
  }

  private void goes(String name) {
    going.add(name);
    changes.add(ItemChange.of(SECTION, name, Kind.REMOVED));
  }

  /** Where the content of a file is in the document. */
  String place(String file) {
    return places.get(file) + ".content";
  }

  /** The files that are new or others. */
  List<RouteText> coming() {
    return coming;
  }

  /** The names of those that go. */
  List<String> going() {
    return going;
  }

  List<ItemChange> changes() {
    return changes;
  }

  int unchanged() {
    return unchanged;
  }
}
