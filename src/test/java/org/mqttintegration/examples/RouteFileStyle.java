package org.mqttintegration.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.Yaml;

/**
 * Checks route files as {@code camel validate yaml} and Kaoto do: by the JSON schema of the YAML
 * DSL, and each endpoint by Camel's catalog. Also that they are in the style of this project: each
 * route has an id and a description, each endpoint parameters in place of a query.
 */
final class RouteFileStyle {

  private static final Set<String> ENDPOINTS =
      Set.of("from", "to", "toD", "wireTap", "enrich", "pollEnrich");

  /** Names that stand for whole endpoints, which only the configuration knows. */
  private static final String PLACEHOLDER = "{{";

  private final ObjectMapper json = new ObjectMapper();
  private final DefaultCamelCatalog catalog = new DefaultCamelCatalog();
  private final JsonSchema schema;

  RouteFileStyle() throws IOException {
    schema =
        JsonSchemaFactory.getInstance(VersionFlag.V4)
            .getSchema(resource("schema/camelYamlDsl.json"));
    catalog.addComponent(
        "signal",
        "org.mqttintegration.bridge.SignalComponent",
        resource("META-INF/org/mqttintegration/bridge/signal.json"));
  }

  private static String resource(String name) throws IOException {
    return new ClassPathResource(name).getContentAsString(StandardCharsets.UTF_8);
  }

  /** What is wrong with a file, nothing when it is good. */
  List<String> findings(String yaml) {
    JsonNode file = json.valueToTree(new Yaml().load(yaml));
    List<String> findings = new ArrayList<>();
    schema.validate(file).stream().map(ValidationMessage::getMessage).forEach(findings::add);
    file.findValues("route").forEach(route -> checkRoute(route, findings));
    checkEndpoints(file, findings);
    return findings;
  }

  private static void checkRoute(JsonNode route, List<String> findings) {
    for (String field : List.of("id", "description")) {
      if (route.path(field).asText().isBlank()) {
        findings.add("a route has no " + field);
      }
    }
  }

  private void checkEndpoints(JsonNode node, List<String> findings) {
    node.properties()
        .forEach(
            field -> {
              if (ENDPOINTS.contains(field.getKey())) {
                checkEndpoint(field.getValue(), findings);
              }
              if (!field.getKey().equals("parameters")) {
                checkEndpoints(field.getValue(), findings);
              }
            });
    if (node.isArray()) {
      node.forEach(child -> checkEndpoints(child, findings));
    }
  }

  private void checkEndpoint(JsonNode endpoint, List<String> findings) {
    String uri = endpoint.path("uri").asText();
    if (uri.isEmpty() || uri.contains("?")) {
      findings.add("an endpoint is not written as uri and parameters: " + endpoint);
      return;
    }
    if (uri.startsWith(PLACEHOLDER)) {
      uri = uri.replaceFirst("\\{\\{[^:}]+:?", "").replace("}}", "");
    }
    String scheme = uri.replaceFirst(":.*", "");
    if (!catalog.findComponentNames().contains(scheme)) {
      findings.add("there is no component " + scheme);
      return;
    }
    EndpointValidationResult result =
        catalog.validateProperties(scheme, options(uri, endpoint.path("parameters")));
    if (!result.isSuccess()) {
      findings.add(result.summaryErrorMessage(false));
    }
  }

  private Map<String, String> options(String uri, JsonNode parameters) {
    Map<String, String> options = new HashMap<>();
    parameters.properties().forEach(p -> options.put(p.getKey(), p.getValue().asText()));
    if (uri.contains(":")) {
      try {
        options.putAll(catalog.endpointProperties(uri));
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(uri, e);
      }
    }
    return options;
  }
}
