package org.mqttintegration.console.explore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The fields of a payload that can be plotted. */
@Component
class NumericFields {

  private static final int MOST = 100;
  private static final int LARGEST = 1024 * 1024;
  private static final Pattern NUMBER =
      Pattern.compile("\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?\\s*");

  private final ObjectMapper json;

  NumericFields(ObjectMapper json) {
    this.json = json;
  }

  /** Their JSON Pointers, empty for the payload itself; none when it is no JSON. */
  List<String> of(Map<String, Object> message) {
    String payload = message.get("payload") instanceof String text ? text : "";
    if (!PayloadBytes.isText(message) || payload.isBlank() || payload.length() > LARGEST) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    try {
      add(json.readTree(payload), "", found);
    } catch (JsonProcessingException e) {
      return List.of();
    }
    return found;
  }

  private static void add(JsonNode node, String pointer, List<String> found) {
    if (found.size() >= MOST) {
      return;
    }
    if (node.isNumber() || node.isBoolean() || NUMBER.matcher(node.asText("")).matches()) {
      found.add(pointer);
    }
    node.fields()
        .forEachRemaining(
            field -> add(field.getValue(), pointer + "/" + escaped(field.getKey()), found));
    for (int i = 0; node.isArray() && i < node.size() && found.size() < MOST; i++) {
      add(node.get(i), pointer + "/" + i, found);
    }
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
