package org.mqttintegration.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;

/** Writes problems as {@code application/problem+json}. */
@Component
class ProblemJson {

  private final ObjectMapper json;

  ProblemJson(ObjectMapper json) {
    this.json = json;
  }

  byte[] bytes(Problem problem) {
    try {
      return json.writeValueAsBytes(problem);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the problem the answer of an exchange, and nothing else: no header is kept. */
  void answer(Exchange exchange, Problem problem) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
    message.setHeader(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE);
    message.setBody(bytes(problem));
  }

  /** Answers where no exchange was made. */
  void answer(HttpServletResponse response, Problem problem) throws IOException {
    byte[] body = bytes(problem);
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
