package org.mqttintegration.console.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.api.RequestField;
import org.mqttintegration.problem.ProblemException;
import org.springframework.util.MultiValueMap;

/** Reads what a form sent as the JSON of a request. What is no JSON stays the text it is. */
public final class FormValues {

  /** Follows the path of what is never read back, where it is to be removed. */
  public static final String REMOVE = ".remove";

  private static final int MOST_ROWS = 1000;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};

  private final MultiValueMap<String, String> sent;

  private FormValues(MultiValueMap<String, String> sent) {
    this.sent = sent;
  }

  /** The request that a form stands for. */
  public static Map<String, Object> read(
      List<RequestField> fields, MultiValueMap<String, String> sent) {
    return new FormValues(sent).below("", fields);
  }

  /** The fields whose value is not what it was when the form was drawn. */
  public static Map<String, Object> changed(
      List<RequestField> fields, Map<String, ?> drawn, Map<String, Object> read) {
    Map<String, Object> changes = new LinkedHashMap<>();
    for (RequestField field : fields) {
      String name = field.name();
      if (read.containsKey(name) && field.writeOnly()
          || read.containsKey(name)
              && !comparable(field, read.get(name)).equals(comparable(field, drawn.get(name)))) {
        changes.put(name, read.get(name));
      }
    }
    return changes;
  }

  /** So that what browsers do to text, and what is left out or null, is no change of somebody's. */
  private static Object comparable(RequestField field, @Nullable Object value) {
    if (value instanceof Map<?, ?> group && field.type() == RequestField.Type.GROUP) {
      return comparable(field.fields(), group);
    }
    if (value instanceof List<?> items) {
      return items.stream()
          .map(item -> item instanceof Map<?, ?> row ? comparable(field.fields(), row) : item)
          .toList();
    }
    Object known = value == null ? field.preset() : value;
    if (known instanceof Map<?, ?>) {
      return known;
    }
    return known == null || known instanceof List<?>
        ? ""
        : known.toString().replaceAll("\\r\\n?", "\n").replace('\0', '\ufffd');
  }

  private static Map<String, Object> comparable(List<RequestField> fields, Map<?, ?> group) {
    Map<String, Object> comparable = new LinkedHashMap<>();
    fields.forEach(
        field -> comparable.put(field.name(), comparable(field, group.get(field.name()))));
    return comparable;
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the form keeps it until it is sent. */
  public static String text(Object values) {
    return json(values);
  }

  /**
   * What {@link #text} wrote.
   *
   * @throws ProblemException when it is something else
   */
  public static Map<String, Object> parse(String text) {
    try {
      return JSON.readValue(text, OBJECT);
    } catch (JsonProcessingException e) {
      throw ProblemException.invalid("", "The form is not whole. Open it again.");
    }
  }

  private Map<String, Object> below(String path, List<RequestField> fields) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RequestField field : fields) {
      read(path.isEmpty() ? field.name() : path + "." + field.name(), field, values);
    }
    return values;
  }

  private void read(String path, RequestField field, Map<String, Object> values) {
    switch (field.type()) {
      case FLAG -> values.put(field.name(), sent.containsKey(path));
      case GROUP ->
          values.put(field.name(), sent.containsKey(path) ? below(path, field.fields()) : null);
      case LIST -> values.put(field.name(), rows(path, field));
      default -> readText(path, field, values);
    }
  }

  private List<Map<String, Object>> rows(String path, RequestField field) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int row = 0; row < MOST_ROWS; row++) {
      String at = "%s[%d]".formatted(path, row);
      if (field.fields().stream().noneMatch(f -> sent.containsKey(at + "." + f.name()))) {
        return rows;
      }
      if (field.fields().stream().anyMatch(f -> !text(at + "." + f.name()).isEmpty())) {
        rows.add(below(at, field.fields()));
      }
    }
    return rows;
  }

  private String text(String path) {
    return Objects.requireNonNullElse(sent.getFirst(path), "");
  }

  private void readText(String path, RequestField field, Map<String, Object> values) {
    if (!sent.containsKey(path)) {
      return;
    }
    String text = text(path).replace("\r\n", "\n");
    if (!text.isEmpty()) {
      values.put(field.name(), value(field, text));
    } else if (field.writeOnly()) {
      if (sent.containsKey(path + REMOVE)) {
        values.put(field.name(), null);
      }
    } else if (field.nullable()) {
      values.put(field.name(), null);
    } else if (field.type() == RequestField.Type.TEXT || field.type() == RequestField.Type.LINES) {
      if (field.required() || field.choices().isEmpty() && mayBeEmpty(field)) {
        values.put(field.name(), "");
      }
    }
  }

  private static boolean mayBeEmpty(RequestField field) {
    Integer least = field.bounds().minLength();
    return least == null || least == 0;
  }

  /** A text where it is none of the field's type: the contract says then what it must be. */
  private static Object value(RequestField field, String text) {
    return switch (field.type()) {
      case NUMBER -> number(text.strip());
      case OBJECT -> object(text);
      case INSTANT -> text.strip();
      default -> text;
    };
  }

  private static Object number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private static Object object(String text) {
    try {
      return JSON.readValue(text, OBJECT);
    } catch (JsonProcessingException e) {
      return text;
    }
  }
}
