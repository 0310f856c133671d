package org.mqttintegration.secret;

/** A secret cannot be opened: its row was changed or copied, or its key is away. */
public final class SecretException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SecretException(String message) {
    super(message);
  }
}
