package org.mqttintegration.access;

import java.time.Duration;
import org.mqttintegration.access.SignInFailures.Counter;
import org.mqttintegration.problem.ProblemException;
import org.mqttintegration.problem.ProblemType;
import org.springframework.stereotype.Component;

/** Asks somebody who is signed in for the password once more; guessing it locks out here too. */
@Component
class OwnPassword {

  private static final String WHERE = "signed in";

  private final AccountTable accounts;
  private final SignInFailures failures;
  private final PasswordHash hash;

  OwnPassword(AccountTable accounts, SignInFailures failures, PasswordHash hash) {
    this.accounts = accounts;
    this.failures = failures;
    this.hash = hash;
  }

  /** Throws a problem unless this is the account's password. */
  void check(Account account, String password) {
    Counter counter = Counter.ofBoth(account.name(), WHERE);
    try {
      failures.count(counter);
    } catch (LockedOutException e) {
      throw tooMany(e.remaining());
    }
    StoredAccount stored = accounts.find(account.name(), counter.key());
    if (stored == null || !hash.matches(password, stored.passwordHash())) {
      throw ProblemException.invalid("current", "This is not the password so far.");
    }
    failures.forget(counter);
  }

  private static ProblemException tooMany(Duration remaining) {
    return new ProblemException(
            ProblemType.TOO_MANY_SIGN_INS, "Too many wrong passwords; wait before the next one.")
        .retryAfter(remaining);
  }
}
