package org.mqttintegration.console;

import org.mqttintegration.access.OidcAccounts;
import org.mqttintegration.problem.ProblemException;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Finds the account of who comes back from the issuer's login, or makes it. */
final class IssuerUsers implements OAuth2UserService<OidcUserRequest, OidcUser> {

  /**
   * The error of somebody whom the issuer knows and who may not come in; its words are for people.
   */
  static final String REFUSED = "refused";

  private final OAuth2UserService<OidcUserRequest, OidcUser> users;
  private final OidcAccounts accounts;

  IssuerUsers(OAuth2UserService<OidcUserRequest, OidcUser> users, OidcAccounts accounts) {
    this.users = users;
    this.accounts = accounts;
  }

  @Override
  public OidcUser loadUser(OidcUserRequest request) {
    OidcUser user = users.loadUser(request);
    try {
      return new IssuerUser(user, accounts.signIn(user.getClaims()));
    } catch (ProblemException refused) {
      throw new OAuth2AuthenticationException(
          new OAuth2Error(REFUSED, refused.detail(), null), refused.detail(), refused);
    }
  }
}
