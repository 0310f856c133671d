package org.mqttintegration.console.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.RequestField;
import org.mqttintegration.api.RequestField.Type;
import org.mqttintegration.console.FieldErrors;

/** Draws a form's fields from the contract, from values, and from what is wrong with them. */
public final class Form {

  /** Rows of a list that stand ready to be filled in. */
  private static final int EMPTY_ROWS = 2;

  /** So many numbers are chosen from, as a Quality of Service is; more are typed. */
  private static final int FEW = 4;

  private final Choices choices;
  private final FieldErrors errors;
  private final Labels labels = new Labels();

  private Form(Choices choices, FieldErrors errors) {
    this.choices = choices;
    this.errors = errors;
  }

  /**
   * The fields as they are drawn.
   *
   * @param fields what the contract has
   * @param values the values, as the JSON of a request or an answer has them
   * @param errors what is wrong with them
   * @param choices the records that fields may name
   */
  public static List<FormField> fields(
      List<RequestField> fields, Map<String, ?> values, FieldErrors errors, Choices choices) {
    return new Form(choices, errors).below("", fields, values);
  }

  /** The values of a form that nobody has filled in. */
  public static Map<String, Object> presets(List<RequestField> fields) {
    Map<String, Object> values = new java.util.LinkedHashMap<>();
    for (RequestField field : fields) {
      if (field.preset() != null && field.type() != Type.LIST) {
        values.put(field.name(), field.preset());
      }
    }
    return values;
  }

  private List<FormField> below(String path, List<RequestField> fields, Map<String, ?> values) {
    return fields.stream()
        .map(
            field ->
                field(
                    path.isEmpty() ? field.name() : path + "." + field.name(),
                    field,
                    values.get(field.name()),
                    field.payload() && Boolean.TRUE.equals(values.get("payloadWithheld"))))
        .toList();
  }

  private FormField field(
      String path, RequestField field, @Nullable Object value, boolean withheld) {
    List<Choice> known = choices(field);
    return new FormField(
        path,
        labels.of(field.name()),
        kind(field, known),
        field,
        text(field, value),
        field.type() == Type.GROUP ? value != null : Boolean.TRUE.equals(value),
        withheld,
        errors.of(path),
        known,
        field.type() == Type.GROUP ? below(path, field.fields(), group(field, value)) : List.of(),
        field.type() == Type.LIST ? rows(path, field, value) : List.of());
  }

  @SuppressWarnings("unchecked") // it is the JSON of an answer, or what FormValues read
  private static Map<String, ?> group(RequestField field, @Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, ?>) map : presets(field.fields());
  }

  private List<List<FormField>> rows(String path, RequestField field, @Nullable Object value) {
    List<Object> items = new ArrayList<>(value instanceof List<?> list ? list : List.of());
    IntStream.range(0, EMPTY_ROWS).forEach(row -> items.add(Map.of()));
    return IntStream.range(0, items.size())
        .mapToObj(
            row ->
                below("%s[%d]".formatted(path, row), field.fields(), group(field, items.get(row))))
        .toList();
  }

  private List<Choice> choices(RequestField field) {
    if (!field.choices().isEmpty()) {
      return field.choices().stream().map(word -> new Choice(word, word)).toList();
    }
    RequestField.Bounds bounds = field.bounds();
    if (field.type() == Type.NUMBER
        && bounds.least() != null
        && bounds.most() != null
        && bounds.most().subtract(bounds.least()).intValue() < FEW) {
      return IntStream.rangeClosed(bounds.least().intValue(), bounds.most().intValue())
          .mapToObj(number -> new Choice("" + number, "" + number))
          .toList();
    }
    return choices.of(field);
  }

  private static String kind(RequestField field, List<Choice> known) {
    if (!known.isEmpty()) {
      return "choice";
    }
    return switch (field.type()) {
      case LINES -> "lines";
      case NUMBER -> "number";
      case FLAG -> "flag";
      case GROUP -> "group";
      case LIST -> "list";
      case OBJECT -> "lines";
      case TEXT, INSTANT -> field.writeOnly() ? "password" : "text";
    };
  }

  private static String text(RequestField field, @Nullable Object value) {
    if (value == null || field.writeOnly()) {
      return "";
    }
    return field.type() == Type.OBJECT && !(value instanceof String)
        ? FormValues.json(value)
        : value.toString();
  }
}
