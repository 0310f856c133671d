package org.mqttintegration.mqtt;

/** Makes the failures that publishing has, for tests of other packages. */
public final class PublishFailures {

  private PublishFailures() {}

  public static PublishException of(PublishException.Cause cause, int reasonCode, String message) {
    return new PublishException(cause, reasonCode, message);
  }
}
