package org.mqttintegration.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.problem.ProblemException;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistration.ClientSettings;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.stereotype.Component;

/**
 * The issuer's login, for {@code oauth2Login} of a chain with sessions: code flow with PKCE. Who
 * comes back from it has claims for {@link OidcAccounts#signIn}.
 */
@Component
public class OidcLogin implements ClientRegistrationRepository {

  /** The login begins at this path, followed by {@code /oidc}, and ends at {@code REDIRECT}. */
  public static final String START = "/console/oauth2/authorization";

  /** What the login is called in its paths. */
  public static final String REGISTRATION = "oidc";

  /** The path that the issuer must permit to send people back to. */
  public static final String REDIRECT = "/console/login/oauth2/code/" + REGISTRATION;

  private final OidcSettings settings;
  private final OidcProvider provider;
  private final Cache<String, ClientRegistration> registrations =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(5)).build();

  OidcLogin(OidcSettings settings, OidcProvider provider) {
    this.settings = settings;
    this.provider = provider;
  }

  /** Whether the settings have a login: an issuer, a client id and its secret. */
  public boolean isOffered() {
    return settings.hasLogin();
  }

  /**
   * The registration, discovered when it is first asked for.
   *
   * @throws ProblemException when the issuer does not answer
   */
  @Override
  public @Nullable ClientRegistration findByRegistrationId(String id) {
    return isOffered() && id.equals(REGISTRATION)
        ? registrations.get(REGISTRATION, name -> discover())
        : null;
  }

  private ClientRegistration discover() {
    try {
      return ClientRegistrations.fromOidcConfiguration(provider.metadata())
          .registrationId(REGISTRATION)
          .clientId(Objects.requireNonNull(settings.clientId()))
          .clientSecret(Objects.requireNonNull(settings.clientSecret()))
          .redirectUri("{baseUrl}" + REDIRECT)
          .scope(settings.scopes())
          .userNameAttributeName("sub")
          .clientSettings(ClientSettings.builder().requireProofKey(true).build())
          .build();
    } catch (IOException e) {
      throw OidcProvider.unavailable();
    }
  }
}
