package org.mqttintegration.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** A request for an operation of the contract. */
public final class OperationRequest {

  private final String operationId;
  private final Map<String, String> path = new LinkedHashMap<>();
  private final Map<String, String> query = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private @Nullable Object body;
  private @Nullable String rawQuery;
  private @Nullable String text;
  private @Nullable String textType;

  private OperationRequest(String operationId) {
    this.operationId = operationId;
  }

  /** For the operation of that id. */
  public static OperationRequest of(String operationId) {
    return new OperationRequest(operationId);
  }

  /** With a path parameter. */
  public OperationRequest at(String name, Object value) {
    path.put(name, value.toString());
    return this;
  }

  /** With a query parameter; one without a value is left out. */
  public OperationRequest with(String name, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) {
      query.put(name, value.toString());
    }
    return this;
  }

  /** With a body, of anything that Jackson writes. */
  public OperationRequest body(Object given) {
    body = given;
    return this;
  }

  /** With the query of an HTTP request, as it came, in the place of parameters. */
  OperationRequest rawQuery(@Nullable String text) {
    rawQuery = text == null ? "" : text;
    return this;
  }

  /** With a body that is text of that media type. */
  public OperationRequest text(String given, String mediaType) {
    text = given;
    textType = mediaType;
    return this;
  }

  /** With a header, such as {@code If-Match}; one without a value is left out. */
  public OperationRequest header(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      headers.put(name, value);
    }
    return this;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** The operation's id. */
  public String operationId() {
    return operationId;
  }

  Map<String, String> pathParameters() {
    return path;
  }

  String path(String template) {
    return UriComponentsBuilder.fromPath(template).buildAndExpand(path).encode().getPath();
  }

  String query() {
    if (rawQuery != null) {
      return rawQuery;
    }
    return query.entrySet().stream()
        .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  String mediaType(String method) {
    if (textType != null) {
      return textType;
    }
    return method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
  }

  byte[] bytes(ObjectMapper json) {
    if (text != null) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return body == null ? new byte[0] : json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without the body: it may hold a password. */
  @Override
  public String toString() {
    return "OperationRequest[%s]".formatted(operationId);
  }
}
