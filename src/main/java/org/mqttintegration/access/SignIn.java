package org.mqttintegration.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mqttintegration.access.SignInFailures.Counter;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Signs in by password, by token or by a JWT of the OpenID Connect issuer, whatever way it comes:
 * each request of REST, later the login form. Accounts are read each time, so that what is changed
 * counts at once, on all nodes.
 *
 * <p>Passwords can be guessed, so failures lock out ({@link SignInFailures}): an account from an
 * address after few; an account from wherever, or an address, after many, but not where the account
 * is known to sign in from. So whoever guesses from elsewhere cannot keep somebody out. Nobody
 * guesses a token: one that is right is never locked out, one that is wrong counts for its address.
 */
@Component
public class SignIn implements AuthenticationManager {

  private final AccountTable accounts;
  private final TokenTable tokens;
  private final SignInFailures failures;
  private final PasswordHash hash;
  private final CheckedPasswords checked;
  private final OidcTokens oidc;

  SignIn(
      AccountTable accounts,
      TokenTable tokens,
      SignInFailures failures,
      PasswordHash hash,
      CheckedPasswords checked,
      OidcTokens oidc) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.failures = failures;
    this.hash = hash;
    this.checked = checked;
    this.oidc = oidc;
  }

  /**
   * Signs in.
   *
   * @param claim a name and password, or a {@link BearerToken}, with the request's details
   * @return a sign-in whose principal is an {@link Account}
   * @throws BadCredentialsException when it is wrong, or the account is disabled
   * @throws LockedOutException when it was not looked at
   * @throws org.mqttintegration.problem.ProblemException when the issuer of a JWT does not answer,
   *     or its user may not come in; neither is a failure
   */
  @Override
  public Authentication authenticate(Authentication claim) {
    String address = address(claim);
    Account account;
    if (claim instanceof UsernamePasswordAuthenticationToken password) {
      account = byPassword(password.getName(), String.valueOf(password.getCredentials()), address);
    } else if (claim instanceof BearerToken token) {
      account = byToken(token.getCredentials(), address);
    } else {
      throw new ProviderNotFoundException("No sign-in of that kind");
    }
    UsernamePasswordAuthenticationToken signedIn =
        UsernamePasswordAuthenticationToken.authenticated(account, null, account.authorities());
    signedIn.setDetails(claim.getDetails());
    return signedIn;
  }

  private static String address(Authentication claim) {
    return claim.getDetails() instanceof WebAuthenticationDetails web
            && web.getRemoteAddress() != null
        ? NetworkAddress.counted(web.getRemoteAddress())
        : "";
  }

  private Account byPassword(String given, String password, String address) {
    String name = given.toLowerCase(Locale.ROOT);
    if (!UserName.isValid(name)) {
      failures.count(Counter.ofAddress(address)); // no account can have it
      throw wrong();
    }
    StoredAccount stored = accounts.find(name, Counter.both(name, address));
    if (stored != null && stored.lockedSeconds() > 0) {
      throw new LockedOutException(Duration.ofSeconds(stored.lockedSeconds()));
    }
    String hashed = stored == null ? null : stored.passwordHash();
    String id = checked.id(address, name, password, hashed == null ? "" : hashed);
    boolean right = checked.check(id, () -> isRight(name, password, address, stored));
    if (!right || stored == null || !stored.enabled()) {
      throw wrong();
    }
    return stored.account();
  }

  private boolean isRight(
      String name, String password, String address, @Nullable StoredAccount stored) {
    Long id = stored == null || !stored.enabled() ? null : stored.account().id();
    List<Counter> counters = counters(name, address, id);
    count(counters);
    boolean right;
    try {
      right = hash.matches(password, stored == null ? null : stored.passwordHash()) && id != null;
    } catch (RuntimeException e) {
      counters.forEach(failures::takeBack);
      throw e;
    }
    if (right) {
      counters.forEach(failures::takeBack);
      failures.forget(counters.get(0));
      failures.know(Objects.requireNonNull(id), address);
    }
    return right;
  }

  private List<Counter> counters(String name, String address, @Nullable Long id) {
    Counter here = Counter.ofBoth(name, address);
    return failures.isKnown(id, address)
        ? List.of(here)
        : List.of(here, Counter.ofAddress(address), Counter.ofAccount(name));
  }

  /** What is not looked at is no failure. */
  private void count(List<Counter> counters) {
    List<Counter> counted = new ArrayList<>();
    try {
      for (Counter counter : counters) {
        failures.count(counter);
        counted.add(counter);
      }
    } catch (LockedOutException e) {
      counted.forEach(failures::takeBack);
      throw e;
    }
  }

  private Account byToken(String token, String address) {
    Account account = TokenTable.isOurs(token) ? tokens.use(token) : oidc.use(token);
    if (account == null) {
      failures.count(Counter.ofAddress(address));
      throw wrong();
    }
    return account;
  }

  private static BadCredentialsException wrong() {
    return new BadCredentialsException("Wrong name, password or token");
  }
}
