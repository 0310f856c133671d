package org.mqttintegration.console;

import org.mqttintegration.access.OidcAccounts;
import org.mqttintegration.access.OidcLogin;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.stereotype.Component;

/** The login of an OpenID Connect issuer, where one is set: its code flow, and its users here. */
@Component
class IssuerLogin {

  private final OidcLogin login;
  private final OidcAuthorizationCodeAuthenticationProvider comeBack;
  private final Refusals refusals;

  IssuerLogin(
      OidcLogin login,
      OidcAccounts accounts,
      OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokens,
      OAuth2UserService<OidcUserRequest, OidcUser> users,
      JwtDecoderFactory<ClientRegistration> idTokens,
      Refusals refusals) {
    this.login = login;
    this.comeBack =
        new OidcAuthorizationCodeAuthenticationProvider(tokens, new IssuerUsers(users, accounts));
    comeBack.setJwtDecoderFactory(idTokens);
    this.refusals = refusals;
  }

  /** Whether it is the claim of somebody who came back from the issuer. */
  boolean takes(Authentication claim) {
    return comeBack.supports(claim.getClass());
  }

  /** Looks at what somebody came back with. */
  Authentication authenticate(Authentication claim) {
    return comeBack.authenticate(claim);
  }

  void addTo(HttpSecurity http) throws Exception {
    if (login.isOffered()) {
      http.oauth2Login(this::configure);
    }
  }

  private void configure(OAuth2LoginConfigurer<HttpSecurity> issuer) {
    issuer
        .loginPage(ConsoleSecurity.SIGN_IN)
        .clientRegistrationRepository(login)
        .authorizationEndpoint(start -> start.baseUri(OidcLogin.START))
        .redirectionEndpoint(back -> back.baseUri(OidcLogin.REDIRECT))
        .failureHandler(refusals::issuerRefused)
        .defaultSuccessUrl(ConsoleSecurity.BASE + "/", false);
    issuer.addObjectPostProcessor(
        new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
          @Override
          public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
            filter.setAuthenticationFailureHandler(refusals::issuerAway);
            return filter;
          }
        });
  }
}
