package org.mqttintegration.routefile.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The JSON schema of route files that comes with Camel's YAML DSL. */
final class CamelSchema {

  /** The package of Camel's models. */
  static final String MODEL = "org.apache.camel.model.";

  private static final String RESOURCE = "/schema/camelYamlDsl.json";

  private final JsonNode definitions;
  private final Shape file;

  private CamelSchema(JsonNode schema) {
    this.definitions = schema.path("items").path("definitions");
    this.file = new Shape(this, List.of(schema));
  }

  static CamelSchema load() {
    try (InputStream stream =
        Objects.requireNonNull(CamelSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new CamelSchema(new ObjectMapper().readTree(stream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a file is. */
  Shape file() {
    return file;
  }

  JsonNode definition(String name) {
    return definitions.path(name);
  }

  static String name(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }
}
