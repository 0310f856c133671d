package org.mqttintegration.access;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An OpenID Connect issuer whose users may sign in.
 *
 * @param issuer its identifier, exactly as its tokens have it; OpenID Connect is off when absent
 * @param clientId what it calls this application
 * @param clientSecret its secret; the login is offered when it is there
 * @param audience what bearer tokens must be for; the client id when absent
 * @param scopes what the login asks for
 * @param userNameClaim the claim with the login name; the subject where a token has none
 * @param rolesClaim the path of the claim with the roles, with dots between its parts
 * @param roles which values of that claim give what
 */
@ConfigurationProperties("mqtt-integration.access.oidc")
record OidcSettings(
    @Nullable String issuer,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable String audience,
    @DefaultValue({"openid", "profile", "email"}) List<String> scopes,
    @DefaultValue("preferred_username") String userNameClaim,
    @DefaultValue("roles") String rolesClaim,
    @DefaultValue Roles roles) {

  private static final String PREFIX = "mqtt-integration.access.oidc.";

  /**
   * Which values of the claim give what; the greatest role counts.
   *
   * @param viewer those of viewers
   * @param operator those of operators
   * @param administrator those of administrators
   * @param payloadReader those of who may read payloads, beside a role
   */
  record Roles(
      @DefaultValue("mqtt-viewer") List<String> viewer,
      @DefaultValue("mqtt-operator") List<String> operator,
      @DefaultValue("mqtt-administrator") List<String> administrator,
      @DefaultValue("mqtt-payload-reader") List<String> payloadReader) {

    /** The values that give a role, the least role first. */
    List<String> all() {
      return Stream.of(viewer, operator, administrator).flatMap(List::stream).toList();
    }
  }

  OidcSettings {
    issuer = given(issuer);
    clientId = given(clientId);
    clientSecret = given(clientSecret);
    audience = given(audience);
    if (issuer == null) {
      refuse(
          clientId != null || clientSecret != null || audience != null,
          "issuer is missing: without it OpenID Connect is off, and the other settings mean nothing.");
    } else {
      checkIssuer(issuer);
      refuse(
          clientId == null && audience == null,
          "audience or client-id is missing: the issuer's tokens for other applications would do here.");
      refuse(
          clientSecret != null && clientId == null,
          "client-id is missing: the login needs it beside the client-secret.");
      refuse(
          clientSecret != null && !scopes.contains("openid"),
          "scopes lack openid: without it the login gets no ID token.");
      refuse(rolesClaim.isBlank(), "roles-claim is empty: nobody would have a role.");
      refuse(
          roles.all().isEmpty(),
          "roles.viewer, roles.operator and roles.administrator are empty: nobody would have a role.");
    }
  }

  /** Whether users of an issuer may sign in. */
  boolean isOn() {
    return issuer != null;
  }

  /** Whether the login of the console is offered. */
  boolean hasLogin() {
    return clientSecret != null;
  }

  /** The issuer, where there is one. */
  String requiredIssuer() {
    return Objects.requireNonNull(issuer);
  }

  /** What bearer tokens must be for, where there is an issuer. */
  String requiredAudience() {
    return Objects.requireNonNull(audience == null ? clientId : audience);
  }

  private static void checkIssuer(String issuer) {
    URI uri;
    try {
      uri = URI.create(issuer);
    } catch (IllegalArgumentException e) {
      uri = URI.create("");
    }
    String scheme = String.valueOf(uri.getScheme());
    refuse(
        uri.getHost() == null
            || !List.of("https", "http").contains(scheme)
            || uri.getQuery() != null
            || uri.getFragment() != null,
        "issuer is no address of an issuer, as in https://sso.example.org/realms/plant.");
    refuse(
        scheme.equals("http") && !isLoopback(uri.getHost()),
        "issuer must begin with https, unless it is on this machine: who changes its keys on the way signs in as anybody.");
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static void refuse(boolean wrong, String words) {
    if (wrong) {
      throw new IllegalArgumentException(PREFIX + words);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "OidcSettings[issuer=%s, clientId=%s, audience=%s]"
        .formatted(issuer, clientId, audience);
  }
}
