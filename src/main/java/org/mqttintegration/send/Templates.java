package org.mqttintegration.send;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.FieldError;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.mqttintegration.resource.PayloadEncoding;
import org.springframework.stereotype.Component;

/**
 * Messages whose topic and payload have places {@code {{field}}} for values. A payload that was
 * written in Base64 has none, whatever its bytes say.
 */
@Component
public class Templates {

  private final PayloadCheck payloads;

  Templates(PayloadCheck payloads) {
    this.payloads = payloads;
  }

  /**
   * Fills a message.
   *
   * @param encoding how its payload was written
   * @param format what its payload shall be then
   * @throws ProblemException when values are missing or do not fit
   */
  public Publish fill(
      Publish message,
      PayloadEncoding encoding,
      PayloadFormat format,
      Map<String, JsonNode> values) {
    TemplateText text = TemplateText.of(values);
    String topic = text.topic(message.topic());
    byte[] payload = message.payload();
    List<FieldError> faults = new ArrayList<>();
    if (hasPlaces(encoding, payload)) { // else it was checked as it is
      payload = bytes(fill(text, format, string(payload)));
      String fault = text.faults().isEmpty() ? payloads.fault(format, payload) : null;
      if (fault != null) {
        faults.add(new FieldError("payload", fault));
      }
    }
    faults.addAll(text.faults());
    if (!faults.isEmpty()) {
      throw new ProblemException(
          ProblemType.TEMPLATE_NOT_FILLED, "See errors for what the template needs.", faults);
    }
    return message.with(topic, payload);
  }

  /** What is wrong with a payload that is filled later, null when nothing can be told yet. */
  public @Nullable String fault(byte[] payload, PayloadEncoding encoding, PayloadFormat format) {
    if (!hasPlaces(encoding, payload)) {
      return payloads.fault(format, payload);
    }
    return format == PayloadFormat.JSON
        ? payloads.fault(format, bytes(TemplateText.sample().json(string(payload))))
        : null;
  }

  private static String fill(TemplateText text, PayloadFormat format, String template) {
    return format == PayloadFormat.JSON ? text.json(template) : text.text(template);
  }

  private static boolean hasPlaces(PayloadEncoding encoding, byte[] payload) {
    return encoding == PayloadEncoding.UTF8 && TemplateText.hasPlaces(string(payload));
  }

  private static String string(byte[] payload) {
    return new String(payload, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String payload) {
    return payload.getBytes(StandardCharsets.UTF_8);
  }
}
