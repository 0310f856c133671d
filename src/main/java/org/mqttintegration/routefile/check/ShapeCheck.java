package org.mqttintegration.routefile.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Compares a file with what Camel's schema has for each of its places. */
final class ShapeCheck {

  /** The key of a kamelet's template. */
  static final String KAMELET = "template";

  private final Findings findings;
  private final List<Place> places = new ArrayList<>();

  ShapeCheck(Findings findings) {
    this.findings = findings;
  }

  /** All places of the file, each after those it stands in. */
  List<Place> check(Node root, CamelSchema schema) {
    if (root instanceof SequenceNode) {
      visit(new Place(null, "file", root, root, schema.file()));
    } else {
      findings.add(root, "A route file is a list, which begins with - route:");
    }
    return places;
  }

  /** All places of a kamelet's template, as those of a file that has only it. */
  List<Place> checkTemplate(NodeTuple template, CamelSchema schema) {
    Shape entry = Objects.requireNonNull(schema.file().item());
    Node value = template.getValueNode();
    Place file = new Place(null, "file", value, value, schema.file());
    Place item = new Place(file, "file", value, value, entry);
    Shape shape = Objects.requireNonNull(entry.child("routeTemplate"));
    places.add(file);
    places.add(item);
    visit(new Place(item, KAMELET, template.getKeyNode(), value, shape));
    return places;
  }

  private void visit(Place place) {
    places.add(place);
    if (place.value() instanceof MappingNode block) {
      visitBlock(place, block);
    } else if (place.value() instanceof SequenceNode list) {
      visitList(place, list);
    } else if (place.value() instanceof ScalarNode scalar) {
      checkScalar(place, scalar);
    }
  }

  private void visitList(Place place, SequenceNode list) {
    Shape item = place.shape().item();
    if (item == null) {
      if (!place.shape().isOpen()) {
        findings.add(place.at(), "%s is no list.".formatted(place.key()));
      }
      return;
    }
    list.getValue().forEach(node -> visit(new Place(place, place.key(), node, node, item)));
  }

  private void visitBlock(Place place, MappingNode block) {
    if (place.shape().isOpen()) {
      keys(place, block);
      return;
    }
    if (!place.shape().isMapping()) {
      findings.add(
          place.at(),
          place.shape().item() != null
              ? "%s is a list: begin each entry with a hyphen.".formatted(place.key())
              : "%s is one value, no block of keys.".formatted(place.key()));
      return;
    }
    Set<String> keys = keys(place, block);
    checkKeys(place, keys);
    for (NodeTuple tuple : block.getValue()) {
      String key = Place.text(tuple.getKeyNode());
      Shape child = key == null ? null : place.shape().child(key);
      if (key != null && child != null) {
        visit(new Place(place, key, tuple.getKeyNode(), tuple.getValueNode(), child));
      } else if (key != null) {
        findings.add(tuple.getKeyNode(), unknown(place, key));
      }
    }
  }

  private Set<String> keys(Place place, MappingNode block) {
    Set<String> keys = new HashSet<>();
    for (NodeTuple tuple : block.getValue()) {
      String key = Place.text(tuple.getKeyNode());
      if (key == null) {
        findings.add(tuple.getKeyNode(), "A key is a text.");
      } else if (!keys.add(key)) {
        findings.add(tuple.getKeyNode(), "%s stands twice in %s.".formatted(key, place.key()));
      }
    }
    return keys;
  }

  private void checkKeys(Place place, Set<String> keys) {
    if (place.shape().single() && keys.size() != 1) {
      findings.add(
          place.value(),
          "One thing for each hyphen: %s.".formatted(keys.isEmpty() ? "nothing" : join(keys)));
    }
    for (String name : place.shape().required()) {
      boolean elsewhere = name.equals("id") && place.key().equals(KAMELET); // in the metadata
      if (!keys.contains(name) && !elsewhere) {
        findings.add(place.at(), "%s needs %s.".formatted(place.key(), name));
      }
    }
    for (Set<String> exclusive : place.shape().exclusive()) {
      Set<String> both = new HashSet<>(exclusive);
      both.retainAll(keys);
      if (both.size() > 1) {
        findings.add(place.at(), "%s has %s: keep one.".formatted(place.key(), join(both)));
      }
    }
  }

  private static String join(Set<String> keys) {
    return String.join(" and ", keys.stream().sorted().toList());
  }

  private void checkScalar(Place place, ScalarNode scalar) {
    Shape shape = place.shape();
    String key = place.key();
    if (!shape.isScalar()) {
      if (!YamlScalars.isNull(scalar) || !shape.required().isEmpty() || !shape.isMapping()) {
        findings.add(
            place.at(), shape.item() != null ? "%s is a list.".formatted(key) : block(key));
      }
    } else if (YamlScalars.isPlaceholder(scalar) || YamlScalars.isNull(scalar)) {
      return;
    } else if (!shape.choices().isEmpty()) {
      checkChoice(place, scalar.getValue());
    } else if (!shape.isText() && shape.isBoolean() && !YamlScalars.isBoolean(scalar)) {
      findings.add(scalar, "%s is true or false.".formatted(key));
    } else if (!shape.isText() && shape.isNumber() && !YamlScalars.isNumber(scalar)) {
      findings.add(scalar, "%s is a number.".formatted(key));
    }
  }

  private static String block(String key) {
    return "%s is a block of keys, on lines of their own.".formatted(key);
  }

  private void checkChoice(Place place, String value) {
    Set<String> choices = place.shape().choices();
    if (!choices.contains(value)) {
      findings.add(
          place.value(),
          "%s is one of %s."
              .formatted(place.key(), String.join(", ", choices.stream().sorted().toList())));
    }
  }

  private static String unknown(Place place, String key) {
    String question = Nearest.question(key, place.shape().keys());
    if (place.shape().is("ProcessorDefinition")) {
      return "There is no step %s%s".formatted(key, question);
    }
    @Nullable Place parent = place.parent();
    return parent != null && parent.parent() == null
        ? "A file has no %s%s".formatted(key, question)
        : "%s has no %s%s".formatted(Objects.requireNonNull(place.key()), key, question);
  }
}
