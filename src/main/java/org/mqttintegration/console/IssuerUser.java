package org.mqttintegration.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.Account;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Who came back from the issuer's login, with the account here. */
final class IssuerUser extends DefaultOidcUser {

  private static final long serialVersionUID = 1L;

  private final transient Account account;

  IssuerUser(OidcUser user, Account account) {
    super(List.of(), user.getIdToken(), user.getUserInfo());
    this.account = account;
  }

  /** The account behind a sign-in, whichever way it came; null when there is none. */
  static @Nullable Account account(Authentication signedIn) {
    return signedIn.getPrincipal() instanceof IssuerUser user ? user.account : Account.of(signedIn);
  }
}
