package org.mqttintegration.api;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the fields of requests from the contract. */
final class RequestFields {

  /** Text that has line breaks, which a field of one line would lose. */
  private static final String MULTILINE = "x-multiline";

  private final Contract contract;

  RequestFields(Contract contract) {
    this.contract = contract;
  }

  /** The fields of an operation's JSON body, in the contract's order; none where it takes none. */
  List<RequestField> ofBody(Contract.Place place) {
    Schema<?> body = contract.bodySchema(place.operation(), "application/json");
    return body == null ? List.of() : below(body);
  }

  /** The parameters of an operation's query, in the contract's order. */
  List<RequestField> ofQuery(Contract.Place place) {
    return Contract.queryParameters(place.operation()).stream().map(this::of).toList();
  }

  private RequestField of(Parameter parameter) {
    return field(
        parameter.getName(),
        parameter.getDescription(),
        contract.resolved(parameter.getSchema()),
        Boolean.TRUE.equals(parameter.getRequired()));
  }

  private List<RequestField> below(Schema<?> schema) {
    List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
    List<RequestField> fields = new ArrayList<>();
    for (Map.Entry<String, Schema> entry : Contract.fields(schema).entrySet()) {
      Schema<?> field = contract.resolved(entry.getValue());
      String name = entry.getKey();
      fields.add(field(name, field.getDescription(), field, required.contains(name)));
    }
    return List.copyOf(fields);
  }

  private RequestField field(
      String name, @Nullable String description, Schema<?> schema, boolean required) {
    Schema<?> items = schema.getItems();
    List<?> choices = schema.getEnum();
    return new RequestField(
        name,
        Objects.requireNonNullElse(description, ""),
        type(schema),
        required,
        Boolean.TRUE.equals(schema.getNullable()),
        Boolean.TRUE.equals(schema.getWriteOnly()),
        Contract.isPayload(schema),
        choices == null ? List.of() : choices.stream().map(String::valueOf).toList(),
        schema.getDefault(),
        new RequestField.Bounds(
            schema.getMinimum(), schema.getMaximum(), schema.getMinLength(), schema.getMaxLength()),
        below(items == null ? schema : contract.resolved(items)));
  }

  private static RequestField.Type type(Schema<?> schema) {
    return switch (String.valueOf(schema.getType())) {
      case "integer" -> RequestField.Type.NUMBER;
      case "boolean" -> RequestField.Type.FLAG;
      case "array" -> RequestField.Type.LIST;
      case "object" ->
          Contract.fields(schema).isEmpty() ? RequestField.Type.OBJECT : RequestField.Type.GROUP;
      default -> ofText(schema);
    };
  }

  private static RequestField.Type ofText(Schema<?> schema) {
    if ("date-time".equals(schema.getFormat())) {
      return RequestField.Type.INSTANT;
    }
    return Boolean.TRUE.equals(SchemaSentence.extension(schema, MULTILINE))
        ? RequestField.Type.LINES
        : RequestField.Type.TEXT;
  }
}
