package org.mqttintegration.installation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.mqttintegration.testing.IntegrationTest;
import org.mqttintegration.testing.RestApi;
import org.mqttintegration.testing.RestApi.Answer;
import org.springframework.beans.factory.annotation.Autowired;

/** What runs here, and with which settings, over REST. */
@IntegrationTest
class InstallationIT {

  @Autowired private RestApi api;

  @Test
  void given_a_running_application_when_asked_what_it_is_then_it_tells_its_versions() {
    JsonNode about = api.get("/about").expect(200).json();

    assertThat(about.path("camel").asText()).startsWith("4.");
    assertThat(about.path("springBoot").asText()).startsWith("3.");
    assertThat(about.path("postgresql").asText()).matches("\\d+(\\.\\d+)?.*");
    assertThat(about.path("paho").asText()).matches("[\\d.]+");
    assertThat(about.path("java").asText()).startsWith(String.valueOf(Runtime.version().feature()));
    assertThat(about.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(20);
    assertThat(about.path("version").asText()).matches("\\d+\\..*");
    assertThat(about.path("builtAt").isTextual()).isTrue();
    assertThat(about.path("webLibraries")).isNotEmpty();
  }

  @Test
  void given_a_password_in_the_settings_when_they_are_listed_then_it_is_told_that_it_is_set() {
    Answer answer = api.get("/settings").expect(200);

    assertThat(answer.text()).doesNotContain(RestApi.PASSWORD);
    JsonNode password = setting(answer, "mqtt-integration.access.initial-password");
    assertThat(password.path("set").asBoolean()).isTrue();
    assertThat(password.path("hidden").asBoolean()).isTrue();
    assertThat(password.path("value").isNull()).isTrue();
    JsonNode attempts = setting(answer, "mqtt-integration.send.attempts");
    assertThat(attempts.path("value").asText()).isEqualTo("3");
    assertThat(attempts.path("default").asText()).isEqualTo("8");
    assertThat(setting(answer, "server.servlet.session.timeout").path("origin").asText())
        .isEqualTo("default");
  }

  private static JsonNode setting(Answer answer, String name) {
    for (JsonNode setting : answer.json().path("items")) {
      if (setting.path("name").asText().equals(name)) {
        return setting;
      }
    }
    throw new AssertionError("no setting " + name);
  }
}
