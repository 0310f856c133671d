package org.mqttintegration.routefile;

import org.jspecify.annotations.Nullable;

/**
 * What a secret of route files shall be.
 *
 * @param value its value, 1 to 65,535 characters
 */
record RouteSecretRequest(@Nullable String value) {

  /** Without the value. */
  @Override
  public String toString() {
    return "RouteSecretRequest[]";
  }
}
