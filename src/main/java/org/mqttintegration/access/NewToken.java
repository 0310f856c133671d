package org.mqttintegration.access;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A token that was just made, shown this once.
 *
 * @param stored what is kept of it
 * @param token the token itself
 */
record NewToken(@JsonUnwrapped Token stored, String token) {

  /** Without the token. */
  @Override
  public String toString() {
    return "NewToken[stored=%s]".formatted(stored);
  }
}
