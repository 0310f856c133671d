package org.mqttintegration.mqtt;

/** A message was not published, or nobody knows whether it was. */
public final class PublishException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Cause {
    /** The connection is not there; nothing was sent. */
    NOT_CONNECTED,
    /** As many messages await the broker's answer as it takes at a time; nothing was sent. */
    BUSY,
    /** The broker said in CONNACK that it does not take such a message; nothing was sent. */
    NOT_SUPPORTED,
    /** The broker answered with a reason code of 0x80 or above. */
    REFUSED,
    /** The broker did not answer in time, or the connection ended before it did. */
    NO_ANSWER
  }

  private final Cause reason;
  private final int reasonCode;

  PublishException(Cause reason, int reasonCode, String message) {
    super(message);
    this.reason = reason;
    this.reasonCode = reasonCode;
  }

  public Cause reason() {
    return reason;
  }

  /** The broker's reason code when it refused, else 0. */
  public int reasonCode() {
    return reasonCode;
  }
}
