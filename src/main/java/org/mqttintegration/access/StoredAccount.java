package org.mqttintegration.access;

import org.jspecify.annotations.Nullable;

/**
 * An account as the database has it.
 *
 * @param account what it may do
 * @param passwordHash the hash of its password, null when it has none
 * @param enabled whether it may sign in
 * @param lockedSeconds how long it is locked out yet from where it was asked for
 */
record StoredAccount(
    Account account, @Nullable String passwordHash, boolean enabled, long lockedSeconds) {

  /** Without the hash. */
  @Override
  public String toString() {
    return "StoredAccount[account=%s, enabled=%s]".formatted(account, enabled);
  }
}
