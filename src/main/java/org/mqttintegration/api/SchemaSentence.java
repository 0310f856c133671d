package org.mqttintegration.api;

import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what a value must be, in a sentence: "A whole number from 1 to 65535." */
final class SchemaSentence {

  /** What to say instead, where a pattern would say nothing to a person. */
  private static final String MESSAGE = "x-message";

  /** The most bytes of UTF-8 that a text may have. */
  static final String MAX_BYTES = "x-max-bytes";

  /** A text that may have NUL: it is not stored as text. */
  static final String NUL_ALLOWED = "x-nul-allowed";

  private SchemaSentence() {}

  static String of(Schema<?> schema) {
    Object message = extension(schema, MESSAGE);
    String sentence = message == null ? ofType(schema) : String.valueOf(message);
    return sentence + (Boolean.TRUE.equals(schema.getNullable()) ? ", or null." : ".");
  }

  private static String ofType(Schema<?> schema) {
    List<?> choices = schema.getEnum();
    if (choices != null) {
      return choices.stream().map(String::valueOf).collect(Collectors.joining(", ", "One of ", ""));
    }
    return switch (String.valueOf(schema.getType())) {
      case "integer" -> "A whole number" + bounds(schema);
      case "boolean" -> "Either true or false";
      case "string" -> ofText(schema);
      case "array" -> "A list of at most " + schema.getMaxItems();
      case "object" -> "A JSON object of " + fields(schema);
      default -> "Another value";
    };
  }

  private static String fields(Schema<?> schema) {
    return schema.getMaxProperties() == null
        ? String.join(", ", Contract.fields(schema).keySet())
        : "at most %d fields".formatted(schema.getMaxProperties());
  }

  private static String bounds(Schema<?> schema) {
    BigDecimal minimum = schema.getMinimum();
    BigDecimal maximum = schema.getMaximum();
    if (minimum != null && maximum != null) {
      return " from %s to %s".formatted(minimum.toPlainString(), maximum.toPlainString());
    }
    return minimum == null ? "" : " of at least " + minimum.toPlainString();
  }

  private static String ofText(Schema<?> schema) {
    if ("date-time".equals(schema.getFormat())) {
      return "An instant such as 2025-11-22T10:15:30Z";
    }
    Object bytes = extension(schema, MAX_BYTES);
    Integer least = schema.getMinLength();
    String most = bytes == null ? schema.getMaxLength() + " characters" : bytes + " bytes of UTF-8";
    return "Text of " + (least == null || least == 0 ? "at most " : least + " to ") + most;
  }

  static @Nullable Object extension(Schema<?> schema, String name) {
    Map<String, Object> extensions = schema.getExtensions();
    return extensions == null ? null : extensions.get(name);
  }
}
