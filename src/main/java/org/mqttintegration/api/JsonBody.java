package org.mqttintegration.api;

import com.atlassian.oai.validator.model.Body;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.mqttintegration.problem.ProblemException;

/**
 * A JSON body, read once and strictly: one value, no field twice, nothing but UTF-8.
 *
 * @param text as it was sent
 * @param node what it says
 */
record JsonBody(String text, JsonNode node) implements Body {

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .reader();

  /**
   * Reads a body.
   *
   * @throws ProblemException where it is no JSON
   */
  static JsonBody parse(byte[] bytes) {
    try {
      String text = text(bytes);
      return new JsonBody(text, READER.readTree(text));
    } catch (JsonProcessingException e) {
      // its message would quote the body
      throw ProblemException.invalid("", "The body is no valid JSON%s.".formatted(place(e)));
    }
  }

  /**
   * Reads a body of lines; what they say, their route finds out.
   *
   * @throws ProblemException where it is not UTF-8
   */
  static JsonBody lines(byte[] bytes) {
    String text = text(bytes);
    return new JsonBody(text, TextNode.valueOf(text));
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ProblemException.invalid("", "The body is not UTF-8.");
    }
  }

  private static String place(JsonProcessingException broken) {
    return broken.getLocation() == null
        ? ""
        : " at line %d, column %d"
            .formatted(broken.getLocation().getLineNr(), broken.getLocation().getColumnNr());
  }

  @Override
  public boolean hasBody() {
    return true;
  }

  @Override
  public JsonNode toJsonNode() {
    return node;
  }

  @Override
  public String toString(Charset encoding) {
    return text;
  }

  @Override
  public String toString() {
    // never the text: it may hold a password
    return "JsonBody[" + text.length() + " characters]";
  }
}
