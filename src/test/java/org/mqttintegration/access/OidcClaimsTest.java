package org.mqttintegration.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.validation.Validation;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mqttintegration.problem.ProblemException;

class OidcClaimsTest {

  private static final String ISSUER = "https://sso.example.org/realms/plant";

  private final Map<String, Object> claims =
      new HashMap<>(
          Map.of(
              "iss",
              ISSUER,
              "sub",
              "8f1c",
              "preferred_username",
              "Ann",
              "iat",
              Instant.ofEpochSecond(100),
              "realm_access",
              Map.of("roles", List.of("offline", "mqtt-viewer", "mqtt-operator"))));

  @Test
  void given_claims_when_read_then_the_greatest_role_counts_and_the_name_is_in_small_letters() {
    OidcIdentity identity = read();

    assertThat(identity.name()).isEqualTo("ann");
    assertThat(identity.subject()).isEqualTo("8f1c");
    assertThat(identity.role()).isEqualTo(Role.OPERATOR);
    assertThat(identity.readsPayloads()).isFalse();
    assertThat(identity.issuedAt()).isEqualTo(Instant.ofEpochSecond(100));
    assertThat(identity.mail()).isNull();
  }

  @Test
  void given_the_value_for_payloads_alone_when_read_then_there_is_no_role() {
    claims.put("realm_access", Map.of("roles", List.of("mqtt-payload-reader")));
    assertThatThrownBy(this::read)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("mqtt-viewer, mqtt-operator, mqtt-administrator")
        .hasMessageContaining("realm_access.roles");

    claims.put("realm_access", Map.of("roles", List.of("mqtt-payload-reader", "mqtt-viewer")));
    assertThat(read().readsPayloads()).isTrue();
  }

  @Test
  void given_a_roles_claim_of_another_shape_when_read_then_it_gives_nothing() {
    for (Object shape :
        List.of("mqtt-viewer mqtt-administrator", 7, Map.of("mqtt-viewer", true), List.of())) {
      claims.put("realm_access", Map.of("roles", shape));
      assertThatThrownBy(this::read).isInstanceOf(ProblemException.class);
    }
    claims.put("realm_access", "mqtt-viewer");
    assertThatThrownBy(this::read).isInstanceOf(ProblemException.class);
    claims.put("realm_access", Map.of("roles", "mqtt-viewer"));
    assertThat(read().role()).isEqualTo(Role.VIEWER);
  }

  @Test
  void given_paths_when_looked_for_then_names_with_dots_are_found_too() {
    Map<String, Object> tree =
        Map.of(
            "https://example.org/roles", List.of("a"),
            "resource_access", Map.of("plant.mqtt", Map.of("roles", List.of("b"))),
            "groups", List.of("c"));

    assertThat(OidcClaims.find(tree, "https://example.org/roles")).isEqualTo(List.of("a"));
    assertThat(OidcClaims.find(tree, "resource_access.plant.mqtt.roles")).isEqualTo(List.of("b"));
    assertThat(OidcClaims.find(tree, "groups")).isEqualTo(List.of("c"));
    assertThat(OidcClaims.find(tree, "groups.c")).isNull();
    assertThat(OidcClaims.find(tree, ".groups")).isNull();
    assertThat(OidcClaims.find(tree, "resource_access.")).isNull();
  }

  @Test
  void given_names_when_read_then_the_subject_stands_in_and_what_is_no_name_is_refused() {
    claims.remove("preferred_username");
    assertThat(read().name()).isEqualTo("8f1c");
    for (String name : List.of("ann bolt", "system", "ann/", "x".repeat(65))) {
      claims.put("preferred_username", name);
      assertThatThrownBy(this::read)
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("preferred_username");
    }
  }

  @Test
  void given_mail_addresses_when_read_then_only_what_may_be_written_to_is_taken() {
    claims.put("email", "ann@example.org");
    assertThat(read().mail()).isEqualTo("ann@example.org");
    claims.put("email_verified", false);
    assertThat(read().mail()).isNull();
    claims.put("email_verified", true);
    claims.put("email", "ann@example.org\r\nBcc: all@example.org");
    assertThat(read().mail()).isNull();
  }

  @Test
  void given_control_characters_when_read_then_none_is_stored() {
    claims.put("name", "Ann\u0000\nBolt");
    assertThat(read().displayName()).isEqualTo("Ann  Bolt");
  }

  @Test
  void given_claims_of_another_issuer_when_read_then_they_are_refused() {
    claims.put("iss", "https://other.example.org");
    assertThatThrownBy(this::read).isInstanceOf(ProblemException.class);
  }

  private OidcIdentity read() {
    OidcSettings settings =
        OidcSettingsTest.bound(
            "issuer", ISSUER, "audience", "mqtt", "roles-claim", "realm_access.roles");
    try (var factory = Validation.buildDefaultValidatorFactory()) {
      return new OidcClaims(settings, factory.getValidator()).identity(claims);
    }
  }
}
