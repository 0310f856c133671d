package org.mqttintegration.routefile.check;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A kamelet: a route template within a resource of Kubernetes.
 *
 * @param root the file
 */
record KameletFile(Node root) {

  /** Whether it is the one that the file's name says, with a template; else a finding is added. */
  boolean check(String name, Findings findings) {
    Node written = at("metadata", "name");
    if (!name.equals(Place.text(written))) {
      findings.add(
          written == null ? root : written,
          "The kamelet of this file is called like it: metadata.name is %s.".formatted(name));
    }
    if (template() == null) {
      findings.add(root, "A kamelet has its route in spec.template.");
      return false;
    }
    return true;
  }

  /** The key of the template, and the template. */
  @Nullable NodeTuple template() {
    Node spec = at("spec");
    return spec == null ? null : Place.tuple(spec, "template");
  }

  /** The names of its parameters. */
  Set<String> parameters() {
    Set<String> names = new HashSet<>();
    if (at("spec", "definition", "properties") instanceof MappingNode block) {
      block.getValue().forEach(property -> names.add(String.valueOf(name(property))));
    }
    return names;
  }

  /** What nobody gives, Camel would look for in the environment. */
  void checkDefaults(Findings findings) {
    Set<String> required = new HashSet<>();
    if (at("spec", "definition", "required") instanceof SequenceNode list) {
      list.getValue().forEach(item -> required.add(String.valueOf(Place.text(item))));
    }
    if (at("spec", "definition", "properties") instanceof MappingNode block) {
      for (NodeTuple property : block.getValue()) {
        NodeTuple given = Place.tuple(property.getValueNode(), "default");
        if (given == null && !required.contains(String.valueOf(name(property)))) {
          findings.add(property.getKeyNode(), "A property that is not required needs a default.");
        } else if (given != null && !StrictText.isSafeValue(Place.text(given.getValueNode()))) {
          findings.add(given.getValueNode(), StrictText.UNSAFE);
        }
      }
    }
  }

  private static @Nullable String name(NodeTuple tuple) {
    return Place.text(tuple.getKeyNode());
  }

  private @Nullable Node at(String... keys) {
    Node node = root;
    for (String key : keys) {
      NodeTuple tuple = Place.tuple(Objects.requireNonNull(node), key);
      if (tuple == null) {
        return null;
      }
      node = tuple.getValueNode();
    }
    return node;
  }
}
