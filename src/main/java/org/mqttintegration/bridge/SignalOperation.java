package org.mqttintegration.bridge;

/** What a {@code signal:} endpoint does. */
public enum SignalOperation {
  /** Gives what was received to a route: for {@code from}. */
  receive,
  /** Sends the body of exchanges: for {@code to}. */
  send;

  static SignalOperation of(String name) {
    for (SignalOperation operation : values()) {
      if (operation.name().equals(name)) {
        return operation;
      }
    }
    throw new IllegalArgumentException(
        "There is no signal:%s, only signal:receive and signal:send".formatted(name));
  }
}
