package org.mqttintegration.bridge;

/** A message has gone through so many routes that it seems to circle; it is not sent on. */
final class HopLimitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HopLimitException(int limit) {
    super(
        "The message came through %d routes that send on what they receive: it circles."
            .formatted(limit));
  }
}
