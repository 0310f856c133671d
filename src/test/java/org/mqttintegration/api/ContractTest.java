package org.mqttintegration.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {

  private static final Pattern REQUEST =
      Pattern.compile("^(GET|POST|PUT|PATCH|DELETE) \\{\\{host}}(\\S+)", Pattern.MULTILINE);

  private final Contract contract = new Contract();

  @Test
  void given_the_contract_when_it_is_parsed_then_nothing_is_wrong_with_it() throws IOException {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);

    assertThat(
            new OpenAPIV3Parser()
                .readContents(
                    Files.readString(Path.of("src/main/resources/openapi.yaml")), null, options)
                .getMessages())
        .isEmpty();
  }

  @Test
  void given_the_contract_when_it_is_read_then_every_operation_parameter_and_field_is_explained() {
    operations()
        .forEach(
            operation -> {
              assertThat(operation.getSummary()).as(operation.getOperationId()).isNotBlank();
              assertThat(operation.getTags()).as(operation.getOperationId()).hasSize(1);
            });
    contract.api().getComponents().getParameters().values().stream()
        .forEach(
            parameter ->
                assertThat(parameter.getDescription()).as(parameter.getName()).isNotBlank());
    schemas()
        .forEach(
            (name, schema) ->
                Contract.fields(schema)
                    .forEach(
                        (field, type) ->
                            assertThat(type.getDescription()).as(name + "." + field).isNotBlank()));
  }

  @Test
  void given_the_contract_when_it_is_read_then_every_operation_says_who_may_ask_for_it() {
    operations()
        .forEach(
            operation -> {
              assertThat(OperationAccess.of(operation)).isNotNull();
              assertThat(operation.getResponses().keySet())
                  .as(operation.getOperationId())
                  .contains("401", "403", "429");
            });
    assertThat(contract.payloadFields())
        .containsExactlyInAnyOrder(
            "payload", "body", "failureMessage", "headers", "message", "values");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x-role: everybody", "x-payload: withheld"})
  void given_an_operation_that_does_not_say_who_may_ask_when_it_is_read_then_it_is_nobodys(
      String extension) {
    Operation operation = new Operation().operationId("open");
    if (!extension.isEmpty()) {
      operation.addExtension(extension.split(": ")[0], extension.split(": ")[1]);
    }

    assertThatThrownBy(() -> OperationAccess.of(operation))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("x-role");
  }

  @Test
  void given_a_field_that_is_sent_when_it_is_read_then_its_bounds_are_told() {
    schemas().entrySet().stream()
        .filter(schema -> schema.getKey().matches(".*(Request|Patch)"))
        .forEach(
            schema -> {
              assertThat(schema.getValue().getAdditionalProperties())
                  .as(schema.getKey())
                  .isEqualTo(false);
              Contract.fields(schema.getValue()).forEach(this::assertBounded);
            });
  }

  private void assertBounded(String field, Schema<?> type) {
    switch (type.getType()) {
      case "string" ->
          assertThat(type.getEnum() != null || type.getMaxLength() != null).as(field).isTrue();
      case "integer" -> assertThat(type.getMinimum()).as(field).isNotNull();
      case "array" -> {
        assertThat(type.getMaxItems()).as(field).isPositive();
        assertThat(contract.resolved(type.getItems()).getAdditionalProperties())
            .as(field)
            .isEqualTo(false);
      }
      case "object" -> {
        assertThat(type.getAdditionalProperties())
            .as(field)
            .isEqualTo(type.getMaxProperties() != null);
        Contract.fields(type).forEach((name, part) -> assertBounded(field + "." + name, part));
      }
      default -> assertThat(type.getType()).as(field).isEqualTo("boolean");
    }
    assertThat(SchemaSentence.of(type)).as(field).endsWith(".").doesNotContain("null c", "Another");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Broker", "Subscription", "Signal", "Schedule"})
  void given_a_record_when_it_is_patched_then_all_its_fields_can_be_and_none_need_be(String kind) {
    Schema<?> patch = schemas().get(kind + "Patch");

    assertThat(Contract.fields(patch).keySet())
        .isEqualTo(Contract.fields(schemas().get(kind + "Request")).keySet());
    assertThat(patch.getRequired()).isNull();
  }

  @Test
  void given_the_samples_when_they_are_read_then_each_is_in_the_contract_and_none_is_missing()
      throws IOException {
    List<String> sampled = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/docs/http"))) {
      for (Path file : files.sorted().toList()) {
        Matcher requests = REQUEST.matcher(Files.readString(file));
        while (requests.find()) {
          sampled.add(operationOf(requests.group(1), requests.group(2)));
        }
      }
    }

    assertThat(sampled)
        .containsAll(operations().map(Operation::getOperationId).toList())
        .doesNotContain("");
  }

  private String operationOf(String method, String url) {
    String path = url.replaceAll("\\?.*", "").replaceAll("\\{\\{\\w+}}", "7");
    assertThat(contract.methods(path)).as(method + " " + url).contains(method);
    Operation operation =
        contract.operation(path, com.atlassian.oai.validator.model.Request.Method.valueOf(method));
    QueryString.parse(url.contains("?") ? url.replaceAll(".*\\?", "") : null)
        .keySet()
        .forEach(
            parameter ->
                assertThat(Contract.queryParameters(operation))
                    .as(url)
                    .anyMatch(known -> known.getName().equals(parameter)));
    return operation.getOperationId();
  }

  private Stream<Operation> operations() {
    return contract.api().getPaths().values().stream()
        .map(PathItem::readOperations)
        .flatMap(List::stream);
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private Map<String, Schema<?>> schemas() {
    return (Map) contract.api().getComponents().getSchemas();
  }
}
