package org.mqttintegration.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.KeyProvider;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.mqttintegration.testing.Ports;

/** A real OpenID Connect server, which can be away. Its address stays. */
final class OidcIssuer implements AutoCloseable {

  static final String AUDIENCE = "mqtt-integration";

  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final KeyProvider keys = new KeyProvider();
  private final MockOAuth2Server server =
      new MockOAuth2Server(
          new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(keys)));
  private final int port;
  private boolean up;

  OidcIssuer() {
    this.port = Ports.free();
  }

  String url() {
    return url("plant");
  }

  String url(String name) {
    return "http://localhost:%d/%s".formatted(port, name);
  }

  /** Begins to answer, unless it does already. */
  void start() throws IOException {
    if (!up) {
      server.start(InetAddress.getByName("localhost"), port);
      up = true;
    }
  }

  /** The claims of a token that is right. */
  Map<String, Object> claims(String user, String... roles) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", url());
    claims.put("sub", "subject of " + user);
    claims.put("aud", List.of(AUDIENCE));
    claims.put("preferred_username", user);
    claims.put("realm_access", Map.of("roles", Arrays.asList(roles)));
    return claims;
  }

  /** Who signs in at its login next. */
  void signsInNext(String user, String... roles) {
    server.enqueueCallback(
        new DefaultOAuth2TokenCallback(
            "plant",
            "subject of " + user,
            JOSEObjectType.JWT.getType(),
            List.of(AUDIENCE),
            Map.of(
                "preferred_username", user, "realm_access", Map.of("roles", Arrays.asList(roles))),
            LIFETIME.toSeconds()));
  }

  /** A token with these claims, signed with its key. */
  String token(Map<String, Object> claims) {
    return signed("plant", claims);
  }

  /** A token with these claims, signed with the key of another issuer of the same server. */
  String foreign(Map<String, Object> claims) {
    return signed("other", claims);
  }

  private String signed(String name, Map<String, Object> claims) {
    try {
      JWSSigner signer = new RSASSASigner(keys.signingKey(name).toRSAKey());
      return signed(name, claims, JWSAlgorithm.RS256, signer);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token that names a key, and is signed with whatever. */
  static String signed(
      String key, Map<String, Object> claims, JWSAlgorithm algorithm, JWSSigner signer)
      throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).keyID(key).type(JOSEObjectType.JWT).build(),
            complete(claims));
    token.sign(signer);
    return token.serialize();
  }

  /** With the times of a token that was issued now, unless the claims say otherwise. */
  static JWTClaimsSet complete(Map<String, Object> claims) {
    Instant now = Instant.now();
    JWTClaimsSet.Builder all =
        new JWTClaimsSet.Builder()
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)));
    claims.forEach(all::claim);
    return all.build();
  }

  @Override
  public void close() {
    if (up) {
      server.shutdown();
    }
  }
}
