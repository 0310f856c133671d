package org.mqttintegration.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.PayloadEncoding;

class TemplatesTest {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Templates templates = TemplatesOfTests.templates();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "text;   a {{x}} b {{x}};         {'x': 'ü'};                   a ü b ü",
        "text;   {{x}}{{y}};              {'x': 1, 'y': true};          1true",
        "text;   {{x}};                   {'x': [1, {'a': null}]};      [1,{'a':null}]",
        "text;   {{x}};                   {'x': '{{y}}', 'y': 1};       {{y}}",
        "text;   {{ x }} {{x y}} {{}} {x}; {};                          {{ x }} {{x y}} {{}} {x}",
        "text;   {{a.b-c_1}};             {'a.b-c_1': 2.50, 'z': 1};    2.5",
        "json;   {'a': {{x}}};            {'x': 21.5};                  {'a': 21.5}",
        "json;   {'a': {{x}}};            {'x': 100.0};                 {'a': 100}",
        "json;   {'a': {{x}}};            {'x': 'say \\'hi\\''};    {'a': 'say \\'hi\\''}",
        "json;   {'a': 'say {{x}}!'};     {'x': '\\'\\n'};          {'a': 'say \\'\\n!'}",
        "json;   {'a': '\\\\', 'b': {{x}}}; {'x': 'c'};             {'a': '\\\\', 'b': 'c'}",
        "json;   {'a': '\\'{{x}}'};     {'x': 5};                     {'a': '\\'5'}",
        "json;   {'a': {{x}}};            {'x': null};                  {'a': null}",
        "json;   [{{x}}];                 {'x': {'b': [1]}};            [{'b':[1]}]",
        "hex;    0{{x}};                  {'x': 'a'};                   0a",
      })
  void given_values_when_filled_then_they_are_written_as_the_format_needs(
      String format, String payload, String values, String expected) {
    Publish filled = fill(format, "t", quoted(payload), quoted(values));
    assertThat(new String(filled.payload(), StandardCharsets.UTF_8)).isEqualTo(quoted(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "text; t;     {{x}};           {};                          values.x",
        "text; t;     {{x}};           {'x': null};                 values.x",
        "json; t;     {'a': '{{x}}'};  {'x': null};                 values.x",
        "text; {{x}}; a;               {};                          values.x",
        "text; {{x}}; a;               {'x': 'a/b'};                values.x",
        "text; {{x}}; a;               {'x': '+'};                  values.x",
        "text; {{x}}; a;               {'x': '#'};                  values.x",
        "text; {{x}}; a;               {'x': '\\u0000'};          values.x",
        "text; {{x}}; a;               {'x': ''};                   values.x",
        "text; {{x}}; a;               {'x': {}};                   values.x",
        "text; t;     {{x}};           {'x': '\\ud800'};          values.x",
        "json; t;     {{x}};           {'x': ['\\ud800']};        values.x",
        "hex;  t;     {{x}};           {'x': 'xyz'};                payload",
      })
  void given_values_that_lack_something_when_filled_then_it_is_named(
      String format, String topic, String payload, String values, String field) {
    assertThatThrownBy(() -> fill(format, topic, quoted(payload), quoted(values)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(ProblemType.TEMPLATE_NOT_FILLED);
              assertThat(problem.errors()).extracting(FieldError::field).containsExactly(field);
            });
  }

  @Test
  void given_several_that_are_missing_when_filled_then_all_are_named_once() {
    assertThatThrownBy(() -> fill("text", "{{b}}/{{a}}", "{{a}}{{c}}", "{}"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem ->
                assertThat(problem.errors())
                    .extracting(FieldError::field)
                    .containsExactly("values.a", "values.b", "values.c"));
  }

  @Test
  void given_a_topic_with_places_when_filled_then_each_value_is_within_its_level() {
    assertThat(fill("text", "room/{{x}}-{{n}}/set", "", quoted("{'x': 'a b', 'n': 7}")).topic())
        .isEqualTo("room/a b-7/set");
  }

  @Test
  void given_a_payload_in_base64_when_filled_then_it_stays() {
    Publish message = Publish.text("b", "t", "{{x}}");
    assertThat(
            templates.fill(message, PayloadEncoding.BASE64, PayloadFormat.TEXT, Map.of()).payload())
        .isEqualTo(message.payload());
  }

  @Test
  void given_a_value_that_comes_many_times_when_filled_then_the_length_has_a_bound() {
    String values = "{\"x\": \"%s\"}".formatted("a".repeat(1 << 20));
    assertThatThrownBy(() -> fill("text", "t", "{{x}}".repeat(100), values))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem ->
                assertThat(problem.errors())
                    .extracting(FieldError::field)
                    .containsExactly("values.x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'a': {{x}}}", "{'a': '{{x}}'}", "[{{x}}, {{y}}]", "{{x}}"})
  void given_a_template_of_json_when_looked_at_then_nothing_is_wrong(String payload) {
    assertThat(fault(payload)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'a': {{x}}", "{{{x}}: 1}", "{{x}}{{y}}a", "{'a': {{ x }}}"})
  void given_what_is_no_json_with_any_values_when_looked_at_then_it_is_said(String payload) {
    assertThat(fault(payload)).contains("JSON");
  }

  private String fault(String payload) {
    return templates.fault(
        quoted(payload).getBytes(StandardCharsets.UTF_8), PayloadEncoding.UTF8, PayloadFormat.JSON);
  }

  private Publish fill(String format, String topic, String payload, String values) {
    try {
      return templates.fill(
          Publish.text("b", topic, payload),
          PayloadEncoding.UTF8,
          PayloadFormat.valueOf(format.toUpperCase(java.util.Locale.ROOT)),
          JSON.readValue(values, new TypeReference<Map<String, JsonNode>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }
}
