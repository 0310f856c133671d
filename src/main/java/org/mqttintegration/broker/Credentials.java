package org.mqttintegration.broker;

import org.jspecify.annotations.Nullable;

/**
 * What a broker's secrets are.
 *
 * @param password the Password, null for none
 * @param clientKey the private key of our certificate, PKCS#8 as PEM; null for none
 */
record Credentials(@Nullable String password, @Nullable String clientKey) {

  static final Credentials NONE = new Credentials(null, null);

  /** Without them. */
  @Override
  public String toString() {
    return "Credentials";
  }
}
