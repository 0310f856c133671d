package org.mqttintegration.routefile.check;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A value in a route file, and what it is to Camel.
 *
 * @param parent the block or list that it stands in, null for the file itself
 * @param key the key that it stands behind; for an entry of a list, the list's
 * @param at where the key is, or the entry begins
 * @param value the value
 * @param shape what may stand there
 */
record Place(@Nullable Place parent, String key, Node at, Node value, Shape shape) {

  /** Whether it is an EIP, such as {@code setBody}. */
  boolean isStep() {
    return parent != null && parent.shape.is("ProcessorDefinition");
  }

  /** Whether it is what a file consists of, such as {@code route}. */
  boolean isOfFile() {
    return parent != null && parent.parent != null && parent.parent.parent == null;
  }

  /** Whether it is an expression in the language that its key names. */
  boolean isExpression() {
    return shape.isBelow("language");
  }

  /** Whether it is a data format that its key names. */
  boolean isDataFormat() {
    return shape.isBelow("dataformat") && !key.equals("dataFormats");
  }

  /** The text of a scalar, null for a block, a list or nothing. */
  @Nullable String text() {
    return text(value);
  }

  /** The node behind a key of this block, null when there is none. */
  @Nullable Node child(String name) {
    NodeTuple tuple = tuple(value, name);
    return tuple == null ? null : tuple.getValueNode();
  }

  static @Nullable NodeTuple tuple(Node block, String name) {
    if (block instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (name.equals(text(tuple.getKeyNode()))) {
          return tuple;
        }
      }
    }
    return null;
  }

  static @Nullable String text(@Nullable Node node) {
    return node instanceof ScalarNode scalar && !YamlScalars.isNull(scalar)
        ? scalar.getValue()
        : null;
  }
}
