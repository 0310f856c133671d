package org.mqttintegration.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class OidcSettingsTest {

  private static final String ISSUER = "https://sso.example.org/realms/plant";

  @Test
  void given_nothing_or_the_keys_of_the_file_as_they_stand_when_bound_then_it_is_off() {
    assertThat(bound().isOn()).isFalse();
    assertThat(bound("issuer", "", "client-id", "", "client-secret", "", "audience", "").isOn())
        .isFalse();
  }

  @Test
  void given_an_issuer_and_a_client_when_bound_then_tokens_are_for_the_client() {
    OidcSettings settings = bound("issuer", ISSUER, "client-id", "mqtt");
    assertThat(settings.isOn()).isTrue();
    assertThat(settings.requiredAudience()).isEqualTo("mqtt");
    assertThat(settings.hasLogin()).isFalse();
    assertThat(settings.scopes()).containsExactly("openid", "profile", "email");

    OidcSettings login =
        bound("issuer", ISSUER, "client-id", "mqtt", "client-secret", "hush", "audience", "api");
    assertThat(login.requiredAudience()).isEqualTo("api");
    assertThat(login.hasLogin()).isTrue();
    assertThat(login.toString()).doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sso.example.org", "ftp://sso.example.org", "https://sso.example.org?x=1", "a b"})
  void given_what_is_no_issuer_when_bound_then_it_says_so(String issuer) {
    refused("issuer is no address", "issuer", issuer, "client-id", "mqtt");
  }

  @Test
  void given_an_issuer_without_tls_when_it_is_on_another_machine_then_it_is_refused() {
    refused("https", "issuer", "http://sso.example.org", "client-id", "mqtt");
    for (String host : new String[] {"localhost:8081", "127.0.0.1:8081", "[::1]:8081"}) {
      assertThat(bound("issuer", "http://" + host, "client-id", "mqtt").isOn()).isTrue();
    }
    refused("https", "issuer", "http://127.0.0.1.example.org", "client-id", "mqtt");
  }

  @Test
  void given_settings_that_do_not_go_together_when_bound_then_it_says_which_one_is_missing() {
    refused("issuer is missing", "client-id", "mqtt");
    refused("audience or client-id is missing", "issuer", ISSUER);
    refused("client-id is missing", "issuer", ISSUER, "audience", "api", "client-secret", "hush");
    refused(
        "scopes lack openid",
        "issuer",
        ISSUER,
        "client-id",
        "mqtt",
        "client-secret",
        "hush",
        "scopes",
        "profile");
    refused(
        "nobody would have a role",
        "issuer",
        ISSUER,
        "client-id",
        "mqtt",
        "roles.viewer",
        "",
        "roles.operator",
        "",
        "roles.administrator",
        "");
  }

  private static void refused(String words, String... settings) {
    assertThatThrownBy(() -> bound(settings))
        .rootCause()
        .hasMessageStartingWith("mqtt-integration.access.oidc.")
        .hasMessageContaining(words);
  }

  /** The settings, names and values in turn. */
  static OidcSettings bound(String... settings) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      properties.put("mqtt-integration.access.oidc." + settings[i], settings[i + 1]);
    }
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("mqtt-integration.access.oidc", OidcSettings.class);
  }
}
