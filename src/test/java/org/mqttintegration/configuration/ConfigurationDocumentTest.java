package org.mqttintegration.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mqttintegration.problem.ProblemException;

class ConfigurationDocumentTest {

  private final ObjectMapper json = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "007",
        "1e3",
        "0x10",
        "1_000",
        "12:30:45",
        "yes",
        "NO",
        "null",
        "~",
        "true",
        "- a",
        "a: b",
        "a #b",
        "#a",
        "{{a}}",
        "${secret:a}",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "'",
        "\"",
        "2031-01-01",
        "2031-01-01T00:00:00Z",
        "a\nb",
        "a\nb\n",
        "a\n\n",
        "\na",
        "  a\n b",
        "a \nb",
        "a\tb\n",
        "a\r\nb",
        "\u00e9\u4e16\ud83d\ude00",
        "\u0085",
        "\u2028",
        "\ufeff",
        "\u0007\u0000",
        "---",
        "...",
        "a\n---\nb\n",
        "|",
        ">",
        "? a",
        "= ",
        "<<",
        ".inf",
        "plant/+/#",
        "\\u0041"
      })
  void given_a_text_when_it_is_written_and_read_then_it_is_the_same(String text) {
    ObjectNode item = json.createObjectNode().put("name", text);
    // no template has such a place
    item.putObject("values").put(text.replace("\u0085", ""), text).putArray("list").add(text);

    String written =
        new ConfigurationDocument(Map.of("brokers", List.of(item))).text(List.of("A comment"));

    assertThat(ConfigurationDocument.parse(written).items("brokers")).containsExactly(item);
  }

  @Test
  void given_several_lines_when_they_are_written_then_people_can_read_them() {
    ObjectNode item = json.createObjectNode().put("content", "- route:\n    id: a\n");

    assertThat(new ConfigurationDocument(Map.of("routeFiles", List.of(item))).text(List.of()))
        .contains("- content: |\n    - route:\n        id: a\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2]                        | ''          | A configuration is a YAML document",
        "just text                     | ''          | A configuration is a YAML document",
        "'brokers: [}'                 | ''          | The document is no valid YAML at line 1",
        "'{brokers: [], brokers: []}'  | ''          | The document is no valid YAML at line 1",
        "'{broker: []}'                | broker      | One of brokers, subscriptions",
        "'{brokers: {name: a}}'        | brokers     | A list of items",
        "'{signals: [{name: a}, b]}'   | signals[1]  | An item has fields.",
        "'{version: 2}'                | version     | This version reads documents of version 1.",
      })
  void given_what_is_no_configuration_when_it_is_read_then_the_place_is_named(
      String text, String field, String message) {
    assertThatThrownBy(() -> ConfigurationDocument.parse(text))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.errors()).hasSize(1);
              assertThat(problem.errors().get(0).field()).isEqualTo(field);
              assertThat(problem.errors().get(0).message()).startsWith(message);
            });
  }
}
