package org.mqttintegration.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/**
 * Sign-ins that last longer than a request. What lasts is only which account it was and what its
 * password was; the account itself is read again each time, so that a change of its role, its end,
 * and a new password count at once.
 */
@Component
public class LastingSignIns {

  private final AccountTable accounts;

  LastingSignIns(AccountTable accounts) {
    this.accounts = accounts;
  }

  /**
   * What tells later whether the account's password is still the same; gives nothing away of it.
   */
  public String stamp(Account account) {
    StoredAccount stored = accounts.find(account.id());
    return stored == null ? "" : stamp(stored);
  }

  /**
   * Signs in again.
   *
   * @param id the account's id
   * @param stamp what {@link #stamp} gave
   * @return null when the account is gone, disabled, or has another password
   */
  public @Nullable Authentication renew(long id, String stamp) {
    StoredAccount stored = accounts.find(id);
    if (stored == null || !stored.enabled() || !stamp(stored).equals(stamp)) {
      return null;
    }
    Account account = stored.account();
    return UsernamePasswordAuthenticationToken.authenticated(account, null, account.authorities());
  }

  private static String stamp(StoredAccount stored) {
    String hash = Objects.requireNonNullElse(stored.passwordHash(), "");
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(hash.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
