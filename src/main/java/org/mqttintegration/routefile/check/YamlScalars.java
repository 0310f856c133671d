package org.mqttintegration.routefile.check;

import java.util.Set;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What scalars may stand for. */
final class YamlScalars {

  private static final Set<String> BOOLEANS = Set.of("true", "false");

  private YamlScalars() {}

  static boolean isNull(ScalarNode scalar) {
    return scalar.getTag().equals(Tag.NULL);
  }

  static boolean isBoolean(ScalarNode scalar) {
    return BOOLEANS.contains(scalar.getValue());
  }

  static boolean isNumber(ScalarNode scalar) {
    return scalar.getValue().strip().matches("[-+]?\\d+(\\.\\d+)?");
  }

  /** Whether its value comes from elsewhere, {@code {{name}}}. */
  static boolean isPlaceholder(ScalarNode scalar) {
    return scalar.getValue().contains("{{");
  }
}
