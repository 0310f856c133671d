package org.mqttintegration.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks values where the validator is lenient: it takes {@code " 5"} for a number, {@code "true
 * x"} for a boolean, and texts that neither MQTT nor PostgreSQL can hold.
 */
final class Values {

  private final Findings findings;
  private final Map<String, String> query = new HashMap<>();

  Values(Findings findings) {
    this.findings = findings;
  }

  /** The checked value of a query parameter, or null where the request has none. */
  @Nullable String of(String parameter) {
    return query.get(parameter);
  }

  void check(Parameter parameter, Map<String, List<String>> values) {
    String value =
        values.getOrDefault(parameter.getName(), List.of()).stream().findFirst().orElse(null);
    if (value == null) {
      return;
    }
    String plain = plain(value, parameter.getSchema());
    if (plain == null) {
      findings.add(parameter.getName(), SchemaSentence.of(parameter.getSchema()));
    } else {
      query.put(parameter.getName(), plain);
    }
  }

  private static @Nullable String plain(String value, Schema<?> schema) {
    if ("date-time".equals(schema.getFormat())) {
      try {
        return OffsetDateTime.parse(value).toInstant().toString();
      } catch (DateTimeException e) {
        return null;
      }
    }
    boolean valid =
        switch (String.valueOf(schema.getType())) {
          case "integer" -> value.matches("0|-?[1-9][0-9]{0,18}");
          case "boolean" -> value.equals("true") || value.equals("false");
          default -> fits(value, schema);
        };
    return valid ? value : null;
  }

  void check(Schema<?> body, JsonNode node) {
    Contract.fields(body)
        .forEach(
            (field, schema) -> {
              JsonNode value = node.path(field);
              if (value.isTextual()) {
                check(field, value.textValue(), schema);
              }
            });
  }

  private void check(String field, String text, Schema<?> schema) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      findings.add(field, "Half a surrogate pair is no Unicode text.");
    } else if (text.indexOf('\0') >= 0
        && SchemaSentence.extension(schema, SchemaSentence.NUL_ALLOWED) == null) {
      findings.add(field, "No NUL character is allowed.");
    } else if (!fits(text, schema)) {
      findings.add(field, SchemaSentence.of(schema));
    }
  }

  private static boolean fits(String text, Schema<?> schema) {
    return !(SchemaSentence.extension(schema, SchemaSentence.MAX_BYTES) instanceof Integer most)
        || text.getBytes(StandardCharsets.UTF_8).length <= most;
  }
}
