package org.mqttintegration.mqtt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is doing.
 *
 * @param state what it is doing now
 * @param since when it began to
 * @param message why, for a person to read; null when there is nothing to say
 */
public record ConnectionStatus(State state, Instant since, @Nullable String message) {

  /** Keeps microseconds, as the database does. */
  public ConnectionStatus {
    since = since.truncatedTo(ChronoUnit.MICROS);
  }

  /** The states of a connection. */
  public enum State {
    /** Not open, and nobody wants it to be. */
    DISCONNECTED,
    /** Being made, or waiting for the next attempt. */
    CONNECTING,
    /** The broker sent a CONNACK with Success, and the connection has not ended since. */
    CONNECTED
  }
}
