package org.mqttintegration.installation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SettingsInForceTest {

  private static final String CANARY = "plantedCanary";

  private final KnownSettings known = new KnownSettings(new ObjectMapper());

  @Test
  void given_settings_from_everywhere_when_they_are_listed_then_each_says_where_it_is_from() {
    List<Setting> settings =
        settings(
            Map.of("MQTT_INTEGRATION_HISTORY_RETENTION", "90d"),
            Map.of(
                "mqtt-integration.history.retention", "30d",
                "mqtt-integration.outbound.allow[0]", "10.0.0.0/8",
                "mqtt-integration.outbound.allow[1]", "192.168.0.0/16"),
            "--server.port=9090");

    assertThat(find(settings, "mqtt-integration.history.retention"))
        .returns("90d", Setting::value)
        .returns(Origin.ENVIRONMENT, Setting::origin);
    assertThat(find(settings, "mqtt-integration.history.retention").place())
        .contains("MQTT_INTEGRATION_HISTORY_RETENTION");
    assertThat(find(settings, "mqtt-integration.outbound.allow"))
        .returns("10.0.0.0/8, 192.168.0.0/16", Setting::value)
        .returns("0.0.0.0/0, ::/0", Setting::preset)
        .returns(Origin.FILE, Setting::origin);
    assertThat(find(settings, "server.port"))
        .returns("9090", Setting::value)
        .returns("8080", Setting::preset)
        .returns(Origin.COMMAND_LINE, Setting::origin);
    assertThat(find(settings, "mqtt-integration.console.session-lifetime"))
        .returns("12h", Setting::value)
        .returns(Origin.DEFAULT, Setting::origin)
        .returns(null, Setting::place);
  }

  @Test
  void given_secrets_in_settings_when_they_are_listed_then_they_are_nowhere() {
    List<Setting> settings =
        settings(
            Map.of("MQTT_INTEGRATION_SECRETS_KEY", CANARY),
            Map.of(
                "mqtt-integration.activity.mail.password", CANARY,
                "mqtt-integration.access.oidc.client-secret", CANARY,
                "mqtt-integration.access.initial-password", CANARY,
                "mqtt-integration.mqtt.url", "mqtt://u:" + CANARY + "@broker.example.org:1883",
                "spring.datasource.url",
                    "jdbc:postgresql://u:" + CANARY + "@db.example.org/plant?password=" + CANARY,
                "spring.datasource.password", CANARY,
                "server.ssl.certificate-private-key", CANARY,
                "mqtt-integration.route-files.data-sources.erp.password", CANARY,
                "mqtt-integration.route-files.data-sources.erp.url", "jdbc:x:" + CANARY),
            "--mqtt-integration.access.oidc.issuer=not an address " + CANARY);

    assertThat(settings.toString()).doesNotContain(CANARY);
    assertThat(find(settings, "mqtt-integration.secrets.key"))
        .returns(true, Setting::set)
        .returns(true, Setting::hidden)
        .returns(null, Setting::value);
    assertThat(find(settings, "spring.datasource.url").value())
        .isEqualTo("jdbc:postgresql://db.example.org/plant");
    assertThat(find(settings, "mqtt-integration.mqtt.url").value())
        .isEqualTo("mqtt://broker.example.org:1883");
    assertThat(find(settings, "mqtt-integration.route-files.data-sources").value())
        .isEqualTo("erp");
  }

  /** A new setting that is a text is hidden until somebody decides here that it is no secret. */
  @Test
  void given_the_settings_that_there_are_when_they_are_told_then_these_are_hidden() {
    assertThat(
            known.all().stream()
                .filter(setting -> Disclosure.of(setting) == Disclosure.HIDDEN)
                .map(KnownSetting::name))
        .containsExactly(
            "mqtt-integration.access.initial-password",
            "mqtt-integration.access.oidc.client-secret",
            "mqtt-integration.activity.mail.password",
            "mqtt-integration.secrets.key",
            "server.ssl.certificate",
            "server.ssl.certificate-private-key",
            "spring.datasource.password");
    assertThat(known.all())
        .allSatisfy(
            setting ->
                assertThat(setting.description())
                    .as(setting.name())
                    .matches("[A-Z0-9].*\\.")
                    .doesNotContain("{@"));
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt://broker.example.org:1883, mqtt://broker.example.org:1883",
    "wss://u:p@broker.example.org/mqtt?token=p, wss://broker.example.org/mqtt",
    "jdbc:postgresql://u:p@[::1]:5432/a?password=p#p, jdbc:postgresql://[::1]:5432/a",
    "https://sso.example.org/realms/plant, https://sso.example.org/realms/plant"
  })
  void given_an_address_when_it_is_told_then_nobody_signs_in_with_it(String given, String told) {
    assertThat(Disclosure.address(given)).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource({"jdbc:postgresql:plant", "u:p@host", "no address", "postgresql://a:b,c:d@x/y z"})
  void given_what_is_no_address_when_it_is_told_then_nothing_is(String given) {
    assertThat(Disclosure.address(given)).isNull();
  }

  private List<Setting> settings(
      Map<String, Object> variables, Map<String, Object> file, String argument) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(argument));
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("Config resource 'file [config/application.yaml]'", file));
    ConfigurationPropertySources.attach(environment);
    return new SettingsInForce(known, environment).list();
  }

  private static Setting find(List<Setting> settings, String name) {
    return settings.stream()
        .filter(setting -> setting.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
