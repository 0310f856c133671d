package org.mqttintegration.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What the issuer tells about itself, asked for when somebody first needs it: one that is away
 * keeps neither the application from starting nor other accounts out.
 */
@Component
class OidcProvider {

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

  /** Not sooner is it asked again. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(OidcProvider.class);
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final int LARGEST = 1_000_000;
  private static final Duration KEPT = Duration.ofMinutes(5);

  private final OidcSettings settings;
  private final ResourceRetriever http =
      new DefaultResourceRetriever(
          (int) CONNECT_TIMEOUT.toMillis(), (int) READ_TIMEOUT.toMillis(), LARGEST);
  private final Cache<String, Map<String, Object>> metadata =
      Caffeine.newBuilder().expireAfterWrite(KEPT).build();
  private final AtomicBoolean away = new AtomicBoolean();

  OidcProvider(OidcSettings settings) {
    this.settings = settings;
  }

  /**
   * Its metadata, at most five minutes old.
   *
   * @throws IOException when it does not answer, or answers for another issuer
   */
  Map<String, Object> metadata() throws IOException {
    String issuer = settings.requiredIssuer();
    Map<String, Object> known = metadata.getIfPresent(issuer);
    if (known != null) {
      return known;
    }
    try {
      Map<String, Object> asked = JSONObjectUtils.parse(get(discovery(issuer)));
      if (!issuer.equals(asked.get("issuer"))) {
        throw new IOException("its metadata is that of the issuer " + asked.get("issuer"));
      }
      metadata.put(issuer, asked);
      answered();
      return asked;
    } catch (IOException | ParseException e) {
      throw failed(e);
    }
  }

  /**
   * The keys that it signs with now.
   *
   * @throws IOException when it does not answer
   */
  JWKSet keys() throws IOException {
    Object address = metadata().get("jwks_uri");
    try {
      JWKSet keys = JWKSet.parse(get(String.valueOf(address)));
      answered();
      return keys;
    } catch (IOException | ParseException e) {
      metadata.invalidateAll(); // the address may be an old one
      throw failed(e);
    }
  }

  /** Whether it did not answer when it was asked last. */
  boolean isAway() {
    return away.get();
  }

  /** The problem that this is for who wants to sign in. */
  static ProblemException unavailable() {
    return new ProblemException(
            ProblemType.IDENTITY_PROVIDER_UNAVAILABLE,
            "Nothing is known about your token before it does. Try again later, or sign in with an account of this application.")
        .retryAfter(PAUSE);
  }

  private String get(String address) throws IOException {
    try {
      URL url = URI.create(address).toURL();
      return http.retrieveResource(url).getContent();
    } catch (IllegalArgumentException e) {
      throw new IOException("no address: " + address, e);
    }
  }

  private static String discovery(String issuer) {
    return (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + DISCOVERY;
  }

  private void answered() {
    if (away.compareAndSet(true, false)) {
      LOG.info("identity provider answers again issuer={}", settings.issuer());
    }
  }

  private IOException failed(Exception cause) {
    if (away.compareAndSet(false, true)) {
      LOG.warn(
          "identity provider does not answer issuer={} reason=\"{}\"",
          settings.issuer(),
          cause.getMessage());
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }
}
