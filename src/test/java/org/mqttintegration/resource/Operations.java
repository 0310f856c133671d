package org.mqttintegration.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.mqttintegration.problem.ProblemException;

/** Calls the routes of operations without HTTP, as route files may. */
public class Operations {

  private final ProducerTemplate producer;
  private final ObjectMapper json;

  public Operations(ProducerTemplate producer, ObjectMapper json) {
    this.producer = producer;
    this.json = json;
  }

  /** What an operation answered. */
  public record Answer(int status, String location, JsonNode body) {}

  /** Calls an operation with headers and a body, which may be null. */
  public Answer call(String operationId, Map<String, Object> headers, String body) {
    Exchange exchange = new DefaultExchange(producer.getCamelContext());
    exchange.getIn().setHeaders(new HashMap<>(headers));
    exchange.getIn().setBody(body);
    producer.send("direct:" + operationId, exchange);
    if (exchange.getException() instanceof ProblemException problem) {
      throw problem;
    }
    if (exchange.getException() != null) {
      throw new AssertionError(operationId + " failed", exchange.getException());
    }
    Message message = exchange.getMessage();
    return new Answer(
        message.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class),
        message.getHeader("Location", String.class),
        parse(message.getBody(String.class)));
  }

  private JsonNode parse(String text) {
    try {
      return text == null ? null : json.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
