package org.mqttintegration;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** Structured logs, as the application's own configuration has them. */
class LogFieldsTest {

  private final LoggerContext context = new LoggerContext();

  @ParameterizedTest
  @ValueSource(strings = {"ecs", "logstash", "gelf"})
  void given_a_format_when_a_line_names_records_then_they_are_fields(String format)
      throws IOException {
    LoggingEvent event =
        event("connected connection={} history_id={} send={} route={} x={}", "7", 8L, 9, "r", "y");
    event.setMDCPropertyMap(Map.of("traceId", "abc"));

    JsonNode line = write(format, event);

    String prefix = format.equals("gelf") ? "_" : "";
    assertThat(line.path(prefix + "brokerId").asLong()).isEqualTo(7);
    assertThat(line.path(prefix + "historyId").asLong()).isEqualTo(8);
    assertThat(line.path(prefix + "sendId").asLong()).isEqualTo(9);
    assertThat(line.path(prefix + "routeId").asText()).isEqualTo("r");
    assertThat(line.path(prefix + "traceId").asText()).isEqualTo("abc");
    assertThat(line.toString()).contains("connected connection=7").doesNotContain("\"x\":");
  }

  @Test
  void given_a_write_that_names_itself_when_it_is_logged_then_its_id_is_a_field() {
    assertThat(fields("history_write=refused {} reason=\"{}\"", "history_id=5", "send=6"))
        .isEqualTo(Map.of("historyId", 5L));
    assertThat(fields("send_outcome=not_stored {} status={}", "send=6", "failed"))
        .isEqualTo(Map.of("sendId", 6L));
  }

  @Test
  void given_texts_from_outside_when_they_are_logged_then_they_make_no_field() {
    assertThat(fields("refused reason={} connection={}", "brokerId=1 historyId=2", "of a check"))
        .isEmpty();
    assertThat(fields("historyId=5 without a place")).isEmpty();
  }

  @Test
  void given_a_context_that_says_it_already_when_it_is_logged_then_it_is_said_once()
      throws IOException {
    LoggingEvent event = event("route={} failed", "r");
    event.setMDCPropertyMap(Map.of("routeId", "outer"));

    JsonNode line = write("ecs", event);

    assertThat(line.path("routeId").asText()).isEqualTo("outer");
    assertThat(line.toString().split("\"routeId\"", -1)).hasSize(2);
  }

  private Map<String, Object> fields(String message, Object... arguments) {
    LoggingEvent event = event(message, arguments);
    event.setMDCPropertyMap(Map.of());
    return LogFields.of(event);
  }

  private LoggingEvent event(String message, Object... arguments) {
    Logger logger = context.getLogger("org.mqttintegration.example");
    return new LoggingEvent(Logger.class.getName(), logger, Level.INFO, message, null, arguments);
  }

  private JsonNode write(String format, LoggingEvent event) throws IOException {
    context.putObject(Environment.class.getName(), environment(format));
    StructuredLogEncoder encoder = new StructuredLogEncoder();
    encoder.setContext(context);
    encoder.setFormat(format);
    encoder.start();
    return new ObjectMapper().readTree(encoder.encode(event));
  }

  private static Environment environment(String format) {
    YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
    yaml.setResources(new ClassPathResource("application.yaml"));
    Properties properties = Objects.requireNonNull(yaml.getObject());
    properties.setProperty("logging.structured.format.console", format);
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addLast(new PropertiesPropertySource("file", properties));
    return environment;
  }
}
