package org.mqttintegration.mqtt;

/**
 * Another process has the connection by now: the message stays unacknowledged, and the broker sends
 * it to that one.
 */
public final class LeftToAnotherException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** Says which connection it is. */
  public LeftToAnotherException(String connection) {
    super("Another node has the connection " + connection);
  }
}
