package org.mqttintegration.access;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/** The JWTs of the issuer: whether one is right, and whose account it is. */
@Component
class OidcTokens {

  private static final Logger LOG = LoggerFactory.getLogger(OidcTokens.class);

  /** Signed with a private key; whoever checks cannot sign. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final Duration KEYS_KEPT = Duration.ofMinutes(5);
  private static final Duration KEYS_KEPT_WHILE_AWAY = Duration.ofHours(1);
  private static final Duration LONGEST_FETCH = Duration.ofSeconds(15);

  private final OidcSettings settings;
  private final OidcProvider provider;
  private final OidcAccounts accounts;
  private final JWKSource<SecurityContext> keys;
  private final @Nullable NimbusJwtDecoder bearers;

  OidcTokens(OidcSettings settings, OidcProvider provider, OidcAccounts accounts) {
    this.settings = settings;
    this.provider = provider;
    this.accounts = accounts;
    this.keys = keys(provider);
    this.bearers = settings.isOn() ? decoder(accessToken()) : null;
  }

  /**
   * The account that a JWT stands for now, null when the JWT is wrong.
   *
   * @throws org.mqttintegration.problem.ProblemException when the issuer does not answer, or its
   *     user may not come in
   */
  @Nullable Account use(String token) {
    Jwt jwt = decoded(token);
    return jwt == null ? null : accounts.signIn(jwt.getClaims()).asBearer();
  }

  private @Nullable Jwt decoded(String token) {
    if (bearers == null) {
      return null;
    }
    try {
      return bearers.decode(token);
    } catch (BadJwtException e) {
      LOG.debug("token refused issuer={} reason=\"{}\"", settings.issuer(), e.getMessage());
      return null;
    } catch (JwtException e) {
      if (provider.isAway()) {
        throw OidcProvider.unavailable();
      }
      return null; // keys nobody knows are not looked for each time
    }
  }

  /** What reads a JWT of the issuer that is signed with one of its keys, and is as said. */
  NimbusJwtDecoder decoder(OAuth2TokenValidator<Jwt> validator) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWTClaimsSetVerifier((claims, context) -> {}); // the validator's
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(validator);
    return decoder;
  }

  private OAuth2TokenValidator<Jwt> accessToken() {
    String audience = settings.requiredAudience();
    return new DelegatingOAuth2TokenValidator<>(
        new JwtTimestampValidator(SKEW),
        new JwtClaimValidator<Instant>("exp", Objects::nonNull),
        new JwtClaimValidator<String>("sub", sub -> sub != null && !sub.isBlank()),
        new JwtIssuerValidator(settings.requiredIssuer()),
        new JwtClaimValidator<List<String>>("aud", aud -> aud != null && aud.contains(audience)));
  }

  private static JWKSource<SecurityContext> keys(OidcProvider provider) {
    return JWKSourceBuilder.create(new IssuersKeys(provider))
        .cache(KEYS_KEPT.toMillis(), LONGEST_FETCH.toMillis())
        .refreshAheadCache(false)
        .rateLimited(OidcProvider.PAUSE.toMillis())
        .outageTolerant(KEYS_KEPT_WHILE_AWAY.toMillis())
        .build();
  }

  private record IssuersKeys(OidcProvider provider) implements JWKSetSource<SecurityContext> {

    @Override
    public JWKSet getJWKSet(
        JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
        throws JWKSetUnavailableException {
      try {
        return provider.keys();
      } catch (IOException e) {
        throw new JWKSetUnavailableException("The issuer does not answer", e);
      }
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
