package org.mqttintegration.routefile.check;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mqttintegration.routefile.check.RouteFileSettings.Allow;
import org.mqttintegration.routefile.check.RouteFileSettings.Strict;

/** What files may use in strict mode, by name. */
final class Allowed {

  /** A list in the settings. */
  enum Kind {
    COMPONENT("component", "components"),
    LANGUAGE("language", "languages"),
    STEP("step", "steps"),
    DATA_FORMAT("data format", "data-formats"),
    FUNCTION("function", "functions"),
    PROPERTY("property", "properties"),
    DIRECTORY("folder", "directories"),
    CLASS("class", "classes"),
    REFERENCE("reference", "references"),
    DATA_SOURCE("data source", "data-sources");

    private final String noun;
    private final String setting;

    Kind(String noun, String setting) {
      this.noun = noun;
      this.setting = setting;
    }
  }

  private static final List<String> BLOCKS =
      List.of(
          "route",
          ShapeCheck.KAMELET,
          "routeTemplate",
          "templatedRoute",
          "onException",
          "onCompletion");

  private static final List<String> ERROR_HANDLERS =
      List.of("errorHandler", "deadLetterChannel", "defaultErrorHandler", "noErrorHandler");

  private static final List<String> PROPERTIES = List.of("mqtt-integration.demonstration.enabled");

  private static final List<String> CLASSES =
      List.of(
          "String",
          "byte[]",
          "[B",
          "Integer",
          "Long",
          "Double",
          "Boolean",
          "Map",
          "List",
          "java.lang.String",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Double",
          "java.lang.Boolean",
          "java.lang.Number",
          "java.math.BigDecimal",
          "java.util.Map",
          "java.util.List",
          "java.util.ArrayList",
          "java.util.LinkedHashMap",
          "java.util.Date",
          "java.io.InputStream",
          "int",
          "long",
          "double",
          "boolean",
          "com.fasterxml.jackson.databind.JsonNode",
          "org.apache.kafka.common.serialization.StringSerializer",
          "org.apache.kafka.common.serialization.StringDeserializer",
          "org.apache.kafka.common.serialization.ByteArraySerializer",
          "org.apache.kafka.common.serialization.ByteArrayDeserializer");

  private static final String AGGREGATE = "#class:org.apache.camel.processor.aggregate.";

  private static final List<String> REFERENCES =
      List.of(
          AGGREGATE + "GroupedBodyAggregationStrategy",
          AGGREGATE + "GroupedExchangeAggregationStrategy",
          AGGREGATE + "GroupedMessageAggregationStrategy",
          AGGREGATE + "StringAggregationStrategy",
          AGGREGATE + "UseLatestAggregationStrategy",
          AGGREGATE + "UseOriginalAggregationStrategy",
          "#class:org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository");

  private final Set<String> names = new HashSet<>();
  private final SettingNames settings;

  Allowed(RouteFileSettings settings) {
    Strict strict = settings.strict();
    this.settings = new SettingNames(strict.environmentPrefix());
    Allow more = strict.allow();
    add(Kind.COMPONENT, strict.components(), more.components());
    add(Kind.LANGUAGE, strict.languages(), more.languages());
    add(Kind.STEP, strict.steps(), more.steps());
    add(Kind.STEP, BLOCKS, ERROR_HANDLERS);
    add(Kind.DATA_FORMAT, strict.dataFormats(), more.dataFormats());
    add(Kind.FUNCTION, List.of(), more.functions());
    add(Kind.PROPERTY, PROPERTIES, more.properties());
    add(Kind.DIRECTORY, List.of("files", "export"), more.directories());
    add(Kind.CLASS, CLASSES, more.classes());
    add(Kind.REFERENCE, REFERENCES, more.references());
    add(Kind.DATA_SOURCE, settings.dataSources().keySet(), List.of());
  }

  private void add(Kind kind, Collection<String> base, Collection<String> more) {
    base.forEach(name -> names.add(key(kind, name)));
    more.forEach(name -> names.add(key(kind, name)));
  }

  private static String key(Kind kind, String name) {
    return kind + " " + name.strip();
  }

  boolean has(Kind kind, String name) {
    return names.contains(key(kind, name));
  }

  /** The names of what administrators set for route files. */
  SettingNames settings() {
    return settings;
  }

  /** The sentence that refuses a name, and says how it is allowed. */
  static String refusal(Kind kind, String name) {
    return "The %s %s is not allowed in strict mode. %s"
        .formatted(kind.noun, name, remedy(kind, name));
  }

  /** How an administrator allows a name. */
  static String remedy(Kind kind, String name) {
    return ("An administrator allows it with mqtt-integration.route-files.strict.allow.%s: \"%s\".")
        .formatted(kind.setting, name);
  }
}
