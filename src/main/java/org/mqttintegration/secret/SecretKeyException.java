package org.mqttintegration.secret;

/** The keys are not those that the secrets need. */
final class SecretKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  /**
   * With what is wrong, and what to do.
   *
   * @param message what is wrong, in whole sentences
   * @param action what to do, in whole sentences
   */
  SecretKeyException(String message, String action) {
    super(message);
    this.action = action;
  }

  String action() {
    return action;
  }
}
