package org.mqttintegration.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * A configuration as a document says it: sections, each with its items.
 *
 * @param sections the items by the section's name, in the document's order; a section that the
 *     document does not have is not there
 */
record ConfigurationDocument(Map<String, List<ObjectNode>> sections) {

  static final String BROKERS = "brokers";
  static final String SUBSCRIPTIONS = "subscriptions";
  static final String SIGNALS = "signals";
  static final String SCHEDULES = "schedules";
  static final String ROUTE_FILES = "routeFiles";

  /** In the order in which they refer to each other. */
  static final List<String> NAMES =
      List.of(BROKERS, SUBSCRIPTIONS, SIGNALS, SCHEDULES, ROUTE_FILES);

  private static final String VERSION = "version";
  private static final int THIS_VERSION = 1;

  private static final YAMLMapper YAML = mapper();

  /** What is longer than the largest body was refused before. */
  private static YAMLMapper mapper() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    return YAMLMapper.builder(YAMLFactory.builder().loaderOptions(options).build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
        .disable(YAMLGenerator.Feature.SPLIT_LINES)
        .build();
  }

  /**
   * Reads a document.
   *
   * @throws ProblemException where it is none; what its items say is looked at later
   */
  static ConfigurationDocument parse(String text) {
    JsonNode root = tree(text);
    if (!(root instanceof ObjectNode fields)) {
      throw ProblemException.invalid(
          "", "A configuration is a YAML document with " + String.join(", ", NAMES) + ".");
    }
    List<FieldError> errors = new ArrayList<>();
    Map<String, List<ObjectNode>> sections = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (NAMES.contains(field.getKey())) {
        sections.put(field.getKey(), items(field.getKey(), field.getValue(), errors));
      } else if (!field.getKey().equals(VERSION)) {
        errors.add(new FieldError(field.getKey(), "One of " + String.join(", ", NAMES) + "."));
      } else if (field.getValue().asInt() != THIS_VERSION) {
        errors.add(new FieldError(VERSION, "This version reads documents of version 1."));
      }
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return new ConfigurationDocument(sections);
  }

  private static JsonNode tree(String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      // its message would quote the document
      String place =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw ProblemException.invalid("", "The document is no valid YAML%s.".formatted(place));
    }
  }

  private static List<ObjectNode> items(String section, JsonNode list, List<FieldError> errors) {
    List<ObjectNode> items = new ArrayList<>();
    if (list.isNull()) {
      return items;
    }
    if (!(list instanceof ArrayNode)) {
      errors.add(new FieldError(section, "A list of items, each with its fields."));
      return items;
    }
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof ObjectNode fields) {
        items.add(fields);
      } else {
        errors.add(new FieldError(place(section, i), "An item has fields."));
      }
    }
    return items;
  }

  /** Where an item is, as in {@code brokers[0]}. */
  static String place(String section, int index) {
    return "%s[%d]".formatted(section, index);
  }

  boolean has(String section) {
    return sections.containsKey(section);
  }

  List<ObjectNode> items(String section) {
    return sections.getOrDefault(section, List.of());
  }

  /** The document, below a comment. */
  String text(List<String> comment) {
    ObjectNode root = YAML.createObjectNode().put(VERSION, THIS_VERSION);
    sections.forEach((name, items) -> root.putArray(name).addAll(items));
    StringBuilder text = new StringBuilder();
    comment.forEach(line -> text.append("# ").append(line).append('\n'));
    try {
      return text.append(YAML.writeValueAsString(root)).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that cannot be written", e);
    }
  }
}
