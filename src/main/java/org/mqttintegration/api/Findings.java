package org.mqttintegration.api;

import com.atlassian.oai.validator.report.ValidationReport.Message;
import com.atlassian.oai.validator.report.ValidationReport.MessageContext;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;

/**
 * What is wrong with a request, one sentence for each field: the first that was found. What the
 * validator itself says is not passed on, since it quotes values and speaks of instances.
 */
final class Findings {

  private final Contract contract;
  private final Map<String, String> byField = new LinkedHashMap<>();

  Findings(Contract contract) {
    this.contract = contract;
  }

  void add(String field, String message) {
    byField.putIfAbsent(field, message);
  }

  /** Throws the problem that the findings are, if there are any. */
  void refuse() {
    if (!byField.isEmpty()) {
      throw ProblemException.invalid(
          byField.entrySet().stream()
              .map(entry -> new FieldError(entry.getKey(), entry.getValue()))
              .toList());
    }
  }

  /**
   * Adds what the validator found.
   *
   * @param body the body's schema and content, where there is one
   * @throws ProblemException where it is not about a field
   */
  void add(Message message, @Nullable Schema<?> schema, @Nullable JsonNode body) {
    String key = message.getKey();
    Parameter parameter = message.getContext().flatMap(MessageContext::getParameter).orElse(null);
    if (parameter != null) {
      addParameter(key, parameter);
    } else if (key.startsWith("validation.request.contentType")) {
      throw new ProblemException(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "This request takes no body of that media type.");
    } else if (key.startsWith("validation.request.accept")) {
      throw new ProblemException(
          ProblemType.NOT_ACCEPTABLE, "Accept names no media type that this answer can be had in.");
    } else if (key.equals("validation.request.body.missing")) {
      add("", "A JSON object is needed as body.");
    } else if (key.equals("validation.request.body.unexpected")) {
      add("", "This request takes no body.");
    } else if (schema != null && body != null && body.isObject()) {
      addField(message, schema, body);
    } else {
      add("", "The body is a JSON object.");
    }
  }

  private void addParameter(String key, Parameter parameter) {
    if ("path".equals(parameter.getIn())) {
      throw new ProblemException(ProblemType.NOT_FOUND, "There is no record with that id.");
    }
    if (key.endsWith("query.unexpected")) {
      add(parameter.getName(), "There is no such parameter.");
    } else if (key.endsWith("collection.invalid")) {
      add(parameter.getName(), "It is given more than once.");
    } else {
      add(parameter.getName(), SchemaSentence.of(parameter.getSchema()));
    }
  }

  private void addField(Message message, Schema<?> schema, JsonNode body) {
    FieldPlace place = FieldPlace.of(pointer(message), contract, schema, body);
    Schema<?> wanted = place.schema();
    if (wanted == null) {
      add(place.path(), "The value is not valid.");
      return;
    }
    switch (message.getKey()) {
      case "validation.request.body.schema.required" ->
          required(wanted).stream()
              .filter(field -> !place.node().has(field))
              .forEach(field -> add(place.field(field), "It is needed."));
      case "validation.request.body.schema.additionalProperties" ->
          place
              .node()
              .fieldNames()
              .forEachRemaining(
                  field -> {
                    if (!Contract.fields(wanted).containsKey(field)) {
                      add(place.field(shortened(field)), "There is no such field.");
                    }
                  });
      default -> add(place.path(), SchemaSentence.of(wanted));
    }
  }

  private static List<String> required(Schema<?> schema) {
    return schema.getRequired() == null ? List.of() : schema.getRequired();
  }

  private static String pointer(Message message) {
    return message
        .getContext()
        .flatMap(MessageContext::getPointers)
        .map(MessageContext.Pointers::getInstance)
        .orElse("");
  }

  private static String shortened(String name) {
    return name.length() <= 100 ? name : name.substring(0, 100) + "…";
  }
}
