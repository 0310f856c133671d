package org.mqttintegration.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;

/** Whatever the application answers to GET: by its contract, and at the actuator. */
final class ServedTexts {

  private static final int OF_EACH = 20;

  private final RestApi api;
  private final Map<String, String> texts = new TreeMap<>();

  ServedTexts(RestApi api) {
    this.api = api;
  }

  /** The answers, each under its path. */
  Map<String, String> all() throws IOException {
    JsonNode contract =
        new ObjectMapper(new YAMLFactory()).readTree(api.get("//openapi.yaml").expect(200).text());
    contract
        .path("paths")
        .fields()
        .forEachRemaining(
            path -> {
              if (path.getValue().has("get")) {
                concrete(path.getKey()).forEach(this::get);
              }
            });
    api.get("//actuator").expect(200).json().path("_links").findValuesAsText("href").stream()
        .map(link -> "/" + link.replaceFirst("https?://[^/]*", ""))
        .filter(link -> !link.contains("heapdump"))
        .forEach(this::actuator);
    return texts;
  }

  private void actuator(String link) {
    if (link.contains("{")) {
      return;
    }
    Answer answer = get(link);
    if (link.endsWith("/metrics")) {
      answer.json().path("names").forEach(name -> get(link + "/" + name.asText()));
    }
  }

  private Answer get(String path) {
    Answer answer = api.get(path);
    texts.put("GET " + path, answer.headers().map() + answer.text());
    return answer;
  }

  /** A path for each of what its list names. */
  private List<String> concrete(String template) {
    int begin = template.lastIndexOf("/{");
    if (begin < 0) {
      return List.of(template);
    }
    int end = template.indexOf('}', begin);
    String parameter = template.substring(begin + 2, end);
    List<String> paths = new ArrayList<>();
    for (String list : concrete(template.substring(0, begin))) {
      for (String value : values(list, parameter)) {
        paths.add(list + "/" + value + template.substring(end + 1));
      }
    }
    return paths;
  }

  private List<String> values(String list, String parameter) {
    List<String> values = new ArrayList<>();
    JsonNode items = list.endsWith("/batches") ? null : api.get(list).json().path("items");
    if (items != null) {
      for (JsonNode item : items) {
        JsonNode value = item.path(parameter.matches("id|version") ? parameter : "name");
        if (values.size() < OF_EACH) {
          values.add(value.asText());
        }
      }
    }
    return values.isEmpty() ? List.of("999999") : values;
  }
}
