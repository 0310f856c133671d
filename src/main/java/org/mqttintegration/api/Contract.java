package org.mqttintegration.api;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.interaction.ApiOperationResolver;
import com.atlassian.oai.validator.model.ApiOperation;
import com.atlassian.oai.validator.model.ApiOperationMatch;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** {@code openapi.yaml}, read once. */
@Component
class Contract {

  private static final String SCHEMAS = "#/components/schemas/";

  private final OpenAPI api;
  private final Map<String, Place> places;
  private final ApiOperationResolver operations;
  private final OpenApiInteractionValidator validator;

  Contract() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    this.api = new OpenAPIV3Parser().readContents(text(), null, options).getOpenAPI();
    this.places = readPlaces();
    this.operations = new ApiOperationResolver(api, null, false);
    LevelResolver levels =
        LevelResolver.create()
            .withLevel(
                "validation.request.parameter.query.unexpected", ValidationReport.Level.ERROR)
            // who asks was looked at before, and does not come this far
            .withLevel("validation.request.security", ValidationReport.Level.IGNORE)
            .build();
    this.validator = OpenApiInteractionValidator.createFor(api).withLevelResolver(levels).build();
  }

  private static String text() {
    try (InputStream contract = new ClassPathResource("openapi.yaml").getInputStream()) {
      return new String(contract.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  OpenAPI api() {
    return api;
  }

  /** What the contract has against a request. */
  ValidationReport validate(Request request) {
    return validator.validateRequest(request);
  }

  /** The methods that a path offers; none where the contract does not have it. */
  List<String> methods(String path) {
    if (path.endsWith("/") || path.contains("//")) {
      return List.of(); // the resolver would overlook them
    }
    List<ApiOperation> offered =
        Arrays.stream(Request.Method.values())
            .map(method -> operations.findApiOperation(path, method))
            .filter(ApiOperationMatch::isOperationAllowed)
            .map(ApiOperationMatch::getApiOperation)
            .toList();
    // of /sends/batch and /sends/{id} the first alone is meant, as Camel sees it
    boolean literal = offered.stream().anyMatch(Contract::isLiteral);
    return offered.stream()
        .filter(operation -> !literal || isLiteral(operation))
        .map(operation -> operation.getMethod().name())
        .toList();
  }

  private static boolean isLiteral(ApiOperation operation) {
    return !operation.getApiPath().original().contains("{");
  }

  /** The operation that a path and method of the contract stand for. */
  Operation operation(String path, Request.Method method) {
    return operations.findApiOperation(path, method).getApiOperation().getOperation();
  }

  /**
   * Where an operation is.
   *
   * @param method its HTTP method
   * @param path its path below the host, with its parameters in braces
   * @param operation what the contract says of it
   */
  record Place(String method, String path, Operation operation) {}

  /** Where the operation of that id is. */
  Place place(String operationId) {
    return Objects.requireNonNull(places.get(operationId), operationId);
  }

  private Map<String, Place> readPlaces() {
    String base = api.getServers().get(0).getUrl();
    Map<String, Place> found = new LinkedHashMap<>();
    api.getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (method, operation) ->
                            found.put(
                                operation.getOperationId(),
                                new Place(method.name(), base + path, operation))));
    return Collections.unmodifiableMap(found);
  }

  /** All operations, by what they are about and in the order of the file. */
  Map<String, List<OfferedOperation>> offered() {
    Map<String, List<OfferedOperation>> found = new LinkedHashMap<>();
    api.getTags().forEach(tag -> found.put(tag.getName(), new ArrayList<>()));
    for (Place place : places.values()) {
      OfferedOperation offered = OfferedOperation.of(place);
      found.computeIfAbsent(offered.tag(), tag -> new ArrayList<>()).add(offered);
    }
    return found;
  }

  /** The fields that hold payloads, whatever record they are of. */
  Set<String> payloadFields() {
    Set<String> found = new TreeSet<>();
    Map<String, Schema> schemas = api.getComponents().getSchemas();
    schemas.values().forEach(schema -> addPayloadFields(schema, found));
    return found;
  }

  private static void addPayloadFields(Schema<?> schema, Set<String> found) {
    fields(schema)
        .forEach(
            (name, field) -> {
              if (isPayload(field)) {
                found.add(name);
              }
              addPayloadFields(field, found);
            });
  }

  /** Whether a field holds payloads, or may have parts of them. */
  static boolean isPayload(Schema<?> field) {
    return "withheld".equals(SchemaSentence.extension(field, "x-payload"));
  }

  /** Who may ask for an operation. */
  static OperationAccess access(Operation operation) {
    return OperationAccess.of(operation);
  }

  /** The operation's query parameters. */
  static List<Parameter> queryParameters(Operation operation) {
    return Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
        .filter(parameter -> "query".equals(parameter.getIn()))
        .toList();
  }

  /** The schema of the operation's body in that media type, or null where it takes none. */
  @Nullable Schema<?> bodySchema(Operation operation, String mediaType) {
    if (operation.getRequestBody() == null) {
      return null;
    }
    var content = operation.getRequestBody().getContent().get(mediaType);
    return content == null ? null : resolved(content.getSchema());
  }

  /** Whether the operation answers in media types that only the record knows. */
  static boolean answersInAnyMediaType(Operation operation) {
    return operation.getResponses().values().stream()
        .anyMatch(
            response -> response.getContent() != null && response.getContent().containsKey("*/*"));
  }

  /** Whether the operation only reads and answers with lines, maybe too many for any memory. */
  static boolean answersInLines(Operation operation) {
    return operation.getRequestBody() == null
        && operation.getResponses().values().stream()
            .anyMatch(
                response ->
                    response.getContent() != null
                        && response.getContent().containsKey(MediaType.APPLICATION_NDJSON_VALUE));
  }

  /** Where those operations are. */
  List<Place> places(Predicate<Operation> chosen) {
    return places.values().stream().filter(place -> chosen.test(place.operation())).toList();
  }

  /** The schema that a reference stands for, or the schema itself. */
  Schema<?> resolved(Schema<?> schema) {
    String reference = schema.get$ref();
    if (reference == null) {
      return schema;
    }
    Map<String, Schema> schemas = api.getComponents().getSchemas();
    return Objects.requireNonNull(schemas.get(reference.substring(SCHEMAS.length())), reference);
  }

  /** The fields of a body. */
  static Map<String, Schema> fields(Schema<?> body) {
    return body.getProperties() == null ? Map.of() : body.getProperties();
  }
}
