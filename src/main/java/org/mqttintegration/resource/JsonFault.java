package org.mqttintegration.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.stream.Collectors;
import org.mqttintegration.problem.ProblemException;

/** Tells the caller what is wrong with JSON, without the parser's words and without the values. */
public final class JsonFault {

  private JsonFault() {}

  /** The problem that a failure to read JSON is. */
  public static ProblemException of(JsonProcessingException fault) {
    return fault instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? ProblemException.invalid(field(mapping), message(mapping))
        : ProblemException.invalid("", "The body is not the JSON that is expected here.");
  }

  private static String field(JsonMappingException fault) {
    return fault.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[%d]".formatted(step.getIndex())
                    : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String message(JsonMappingException fault) {
    if (fault instanceof UnrecognizedPropertyException) {
      return "There is no such field.";
    }
    if (fault instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
      return "One of " + WireName.all(format.getTargetType()) + ".";
    }
    return "The value has a type that does not fit.";
  }
}
