package org.mqttintegration.send;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.JsonFault;
import org.mqttintegration.resource.RequestValidator;
import org.springframework.stereotype.Component;

/** Reads the lines of a batch, each as the body of a request to send. */
@Component
class BatchReader {

  private final ObjectReader reader;
  private final RequestValidator validator;
  private final Templates templates;
  private final SendCheck check;
  private final SendSettings settings;

  BatchReader(
      ObjectMapper json,
      RequestValidator validator,
      Templates templates,
      SendCheck check,
      SendSettings settings) {
    this.reader =
        json.readerFor(SendRequest.class)
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    this.validator = validator;
    this.templates = templates;
    this.check = check;
    this.settings = settings;
  }

  /**
   * A line that is not empty: a message that can be sent, or what is wrong.
   *
   * @param number of the line, from 1
   */
  record Line(int number, @Nullable Publish message, @Nullable ProblemException problem) {}

  /**
   * Reads NDJSON.
   *
   * @throws ProblemException when there is no line, or more than may be
   */
  List<Line> read(String text) {
    LongPredicate brokerExists = check.remembered();
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!line.isBlank()) {
        lines.add(read(number, line, brokerExists));
      }
      if (lines.size() > settings.batchLimit()) {
        throw new ProblemException(
            ProblemType.PAYLOAD_TOO_LARGE,
            "A batch has at most %,d lines.".formatted(settings.batchLimit()));
      }
    }
    if (lines.isEmpty()) {
      throw ProblemException.invalid("", "A batch has at least one line.");
    }
    return lines;
  }

  private Line read(int number, String line, LongPredicate brokerExists) {
    try {
      SendRequest request = reader.readValue(line);
      Publish message =
          validator
              .check(request, (send, errors) -> send.addFaults(templates, errors))
              .message(templates);
      return new Line(number, check.check(message, brokerExists), null);
    } catch (JsonProcessingException e) {
      return new Line(number, null, JsonFault.of(e));
    } catch (ProblemException e) {
      return new Line(number, null, e);
    }
  }
}
