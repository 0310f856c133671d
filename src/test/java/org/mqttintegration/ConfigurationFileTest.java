package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ByteArrayResource;

/** Keeps {@code config/application.yaml} true to the settings that there are. */
class ConfigurationFileTest {

  private static final String OURS = "mqtt-integration.";

  /** Settings that only conditions read. */
  private static final Map<String, String> WITHOUT_A_RECORD =
      Map.of("mqtt-integration.demonstration.enabled", "true", "mqtt-integration.mqtt.url", "");

  @Test
  void given_the_settings_of_the_application_when_compared_then_the_file_has_each_with_its_default()
      throws IOException {
    Map<String, String> settings = settings();
    settings.putAll(WITHOUT_A_RECORD);
    assertThat(file()).containsExactlyInAnyOrderEntriesOf(settings);
  }

  @Test
  void given_the_file_as_it_is_delivered_when_read_then_it_sets_nothing() throws IOException {
    assertThat(Files.readAllLines(Path.of("config/application.yaml")))
        .allMatch(line -> line.isBlank() || line.startsWith("#"));
  }

  /** Our settings in the file, its keys no longer comments. */
  private static Map<String, String> file() throws IOException {
    String yaml =
        Files.readAllLines(Path.of("config/application.yaml")).stream()
            .dropWhile(line -> !line.isBlank()) // the introduction
            .map(line -> line.replaceFirst("^# ?", ""))
            .collect(Collectors.joining("\n"));
    YamlPropertiesFactoryBean factory = new YamlPropertiesFactoryBean();
    factory.setResources(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
    Map<String, String> keys = new TreeMap<>();
    Objects.requireNonNull(factory.getObject())
        .forEach((key, value) -> keys.put(key.toString(), value.toString()));
    assertThat(keys).containsKeys("server.port", "spring.datasource.url");
    keys.keySet().removeIf(key -> !key.startsWith(OURS));
    return keys;
  }

  /** Lists stand in the file without brackets. */
  private static String text(JsonNode value) {
    return value.asText().replaceAll("^\\[|]$", "");
  }

  /** What the build noted of the records of settings. */
  private static Map<String, String> settings() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    String name = "META-INF/spring-configuration-metadata.json";
    for (URL url :
        Collections.list(ConfigurationFileTest.class.getClassLoader().getResources(name))) {
      try (InputStream stream = url.openStream()) {
        JsonNode properties = new ObjectMapper().readTree(stream).path("properties");
        properties.forEach(
            p -> settings.put(p.path("name").asText(), text(p.path("defaultValue"))));
      }
    }
    settings.keySet().removeIf(key -> !key.startsWith(OURS));
    assertThat(new TreeSet<>(settings.keySet())).contains("mqtt-integration.data-directory");
    return settings;
  }
}
