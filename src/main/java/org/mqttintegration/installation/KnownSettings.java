package org.mqttintegration.installation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** The settings that an operator may set: those that our own metadata has. */
@Component
class KnownSettings {

  private static final String METADATA = "META-INF/spring-configuration-metadata.json";
  private static final String OURS = "mqtt-integration.";

  /** Marks of Javadoc, around text that may have placeholders in braces of its own. */
  private static final Pattern MARK = Pattern.compile("\\{@\\w+ ((?:[^{}]|\\{\\{[^{}]*}})*)}");

  private final List<KnownSetting> all;

  KnownSettings(ObjectMapper json) {
    this.all = read(json);
  }

  /** All of them, by name. */
  List<KnownSetting> all() {
    return all;
  }

  private static List<KnownSetting> read(ObjectMapper json) {
    List<KnownSetting> found = new ArrayList<>();
    try {
      for (URL place :
          Collections.list(KnownSettings.class.getClassLoader().getResources(METADATA))) {
        found.addAll(read(json, place));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(Comparator.comparing(KnownSetting::name));
    return List.copyOf(found);
  }

  /** Those of a file; none where the file is a library's. */
  private static List<KnownSetting> read(ObjectMapper json, URL place) throws IOException {
    try (InputStream metadata = place.openStream()) {
      List<KnownSetting> found =
          StreamSupport.stream(json.readTree(metadata).path("properties").spliterator(), false)
              .map(KnownSettings::setting)
              .toList();
      return found.stream().anyMatch(setting -> setting.name().startsWith(OURS))
          ? found
          : List.of();
    }
  }

  private static KnownSetting setting(JsonNode property) {
    return new KnownSetting(
        property.path("name").asText(),
        property.path("type").asText(),
        sentence(property.path("description").asText()),
        preset(property.path("defaultValue")));
  }

  private static String sentence(String javadoc) {
    String text = MARK.matcher(javadoc).replaceAll("$1").replaceAll("\\s+", " ").strip();
    return text.isEmpty() || text.endsWith(".")
        ? StringUtils.capitalize(text)
        : StringUtils.capitalize(text) + ".";
  }

  /** Lists are noted as text in brackets. */
  private static @Nullable String preset(JsonNode value) {
    String text = value.asText().replaceAll("^\\[|]$", "");
    return text.isEmpty() ? null : text;
  }
}
