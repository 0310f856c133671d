package org.mqttintegration.access;

import org.jspecify.annotations.Nullable;

/**
 * An account changes, or what belongs to it. Published inside the transaction that does it.
 *
 * @param name whose account it is
 * @param event what happened when no field changed, as in {@code passwordChanged}; null otherwise
 * @param text more on that, without secrets
 * @param before the fields that were, null for a new account
 * @param after the fields that are now, null when it is removed
 */
public record AccountChanged(
    String name,
    @Nullable String event,
    @Nullable String text,
    @Nullable Object before,
    @Nullable Object after) {

  static AccountChanged saved(String name, @Nullable UserChange before, UserChange after) {
    return new AccountChanged(name, null, null, before, after);
  }

  static AccountChanged removed(String name, UserChange before) {
    return new AccountChanged(name, null, null, before, null);
  }

  static AccountChanged did(String name, String event, @Nullable String text) {
    return new AccountChanged(name, event, text, null, null);
  }
}
