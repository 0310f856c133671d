package org.mqttintegration.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldChangesTest {

  private final FieldChanges changes = new FieldChanges(new ObjectMapper());

  @Test
  void given_nested_fields_when_compared_then_each_that_differs_is_named_as_in_the_api() {
    Map<String, Object> before =
        Map.of("host", "a", "port", 1, "tls", Map.of("caFile", "x", "keyFile", "k"));
    Map<String, Object> after = Map.of("host", "b", "port", 1, "tls", Map.of("keyFile", "k"));

    List<FieldChange> found = changes.between(before, after);

    assertThat(found).extracting(FieldChange::field).containsExactly("host", "tls.caFile");
    assertThat(found.get(0).old().asText() + found.get(0).new_().asText()).isEqualTo("ab");
    assertThat(found.get(1).new_()).isNull();
    assertThat(changes.between(before, before)).isEmpty();
  }

  @Test
  void given_payloads_and_headers_when_they_differ_then_only_that_is_told() {
    List<FieldChange> found =
        changes.between(
            Map.of(
                "payload", "one",
                "values", Map.of("celsius", 1, "at", Map.of("room", "a")),
                "webSocket", Map.of("headers", List.of(Map.of("a", "b")))),
            Map.of(
                "payload", "two",
                "values", Map.of("celsius", 2, "at", Map.of("room", "b")),
                "webSocket", Map.of("headers", List.of(Map.of("a", "c")))));

    assertThat(found)
        .containsExactly(
            FieldChange.hidden("payload"),
            FieldChange.hidden("values.at.room"),
            FieldChange.hidden("values.celsius"),
            FieldChange.hidden("webSocket.headers"));
  }
}
