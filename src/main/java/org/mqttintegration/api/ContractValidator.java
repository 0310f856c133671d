package org.mqttintegration.api;

import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.ValidationReport;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.RestClientRequestValidator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Checks a request against the contract before its route sees it. What passes is handed on as the
 * routes expect it: the query parameters as headers, decoded and in their plainest form; the body
 * as the text it is, or none.
 */
@Component
class ContractValidator implements RestClientRequestValidator {

  /** Bodies that are not one JSON value. */
  private static final Set<String> TEXTS =
      Set.of(MediaType.APPLICATION_NDJSON_VALUE, "text/yaml", "text/csv");

  private final Contract contract;
  private final FailureAnswer answer;

  ContractValidator(Contract contract, FailureAnswer answer) {
    this.contract = contract;
    this.answer = answer;
  }

  @Override
  public @Nullable ValidationError validate(Exchange exchange, ValidationContext context) {
    try {
      check(exchange);
      return null;
    } catch (RuntimeException e) {
      answer.answer(exchange, e);
      Message message = exchange.getMessage();
      return new ValidationError(
          message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
          message.getBody(String.class));
    }
  }

  /**
   * Checks a request, and hands it on.
   *
   * @throws org.mqttintegration.problem.ProblemException where the contract has something against
   *     it
   */
  void check(Exchange exchange) {
    Message message = exchange.getMessage();
    Operation operation = contract.operation(path(message), method(message));
    Map<String, List<String>> query =
        QueryString.parse(message.getHeader(Exchange.HTTP_QUERY, String.class));
    JsonBody body = body(message);

    Findings findings = new Findings(contract);
    Schema<?> schema = body == null ? null : contract.bodySchema(operation, mediaType(message));
    ValidationReport report = contract.validate(request(message, operation, query, body));
    report.getMessages().forEach(found -> findings.add(found, schema, node(body)));
    Values values = new Values(findings);
    Contract.queryParameters(operation).forEach(parameter -> values.check(parameter, query));
    if (schema != null && body != null) {
      values.check(schema, body.node());
    }
    findings.refuse();
    handOn(message, operation, values, body);
  }

  private static Request.Method method(Message message) {
    return Request.Method.valueOf(message.getHeader(Exchange.HTTP_METHOD, String.class));
  }

  private static String path(Message message) {
    return message.getHeader(Exchange.HTTP_PATH, String.class);
  }

  private static @Nullable JsonBody body(Message message) {
    byte[] bytes = message.getBody(byte[].class);
    if (bytes == null || bytes.length == 0) {
      return null;
    }
    return TEXTS.contains(mediaType(message)) ? JsonBody.lines(bytes) : JsonBody.parse(bytes);
  }

  private static com.fasterxml.jackson.databind.@Nullable JsonNode node(@Nullable JsonBody body) {
    return body == null ? null : body.node();
  }

  private static String mediaType(Message message) {
    MediaType type =
        MediaType.parseMediaType(message.getHeader(Exchange.CONTENT_TYPE, String.class));
    return type.getType() + "/" + type.getSubtype();
  }

  private static Request request(
      Message message,
      Operation operation,
      Map<String, List<String>> query,
      @Nullable JsonBody body) {
    SimpleRequest.Builder request = new SimpleRequest.Builder(method(message), path(message), true);
    query.forEach(request::withQueryParam);
    String accept = message.getHeader("Accept", String.class);
    if (accept != null && !Contract.answersInAnyMediaType(operation)) {
      request.withAccept(accept);
    }
    if (body != null) {
      request.withContentType(mediaType(message)).withBody(body);
    }
    return request.build();
  }

  private static void handOn(
      Message message, Operation operation, Values values, @Nullable JsonBody body) {
    for (Parameter parameter : Contract.queryParameters(operation)) {
      String value = values.of(parameter.getName());
      if (value != null) {
        message.setHeader(parameter.getName(), value);
      }
    }
    message.setBody(body == null ? null : body.text());
    // the answer's from here on: the request's own must not be echoed
    message.setHeader(Exchange.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
  }
}
